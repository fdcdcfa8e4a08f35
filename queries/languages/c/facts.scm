; C: node kinds -> roles (docs/languages.md). C++ builds on these. A later pattern overrides an earlier one.
(comment) @comment
[(translation_unit) (compound_statement) (declaration_list)] @block
[(identifier) (type_identifier) (primitive_type) (sized_type_specifier)] @name
((identifier) @true (#any-of? @true "TRUE" "YES"))
((identifier) @false (#any-of? @false "FALSE" "NO"))
[(string_literal) (char_literal) (system_lib_string)] @str
(concatenated_string) @strcat
(number_literal) @num
(true) @true
(false) @false
(null) @null
[(parenthesized_expression) (expression_statement) (else_clause)] @wrap
(cast_expression value: (_) @wrap.value) @wrap
(type_descriptor type: (_) @wrap.value) @wrap
(comma_expression) @comma
(attributed_statement) @sequence
(labeled_statement) @label
(labeled_statement label: (_) @label.name) @label
(goto_statement label: (_) @jump.name) @jump
(preproc_include path: (_) @import.module) @import

; Macros: their text is code that stands where the name does. Of several branches any may be compiled.
(preproc_def name: (identifier) @declare.target value: (preproc_arg) @declare.value) @declare
(preproc_function_def name: (identifier) @func.name parameters: (_) @func.params value: (preproc_arg) @func.expr) @func
(preproc_arg) @code
(preproc_params) @params
(preproc_params (identifier) @param)
[(preproc_ifdef) (preproc_if) (preproc_elif) (preproc_elifdef) (preproc_else)] @block
(preproc_if (_) @branch.body alternative: (_)) @branch
(preproc_if condition: (_) @branch.skip alternative: (_) @branch.else) @branch
(preproc_ifdef (_) @branch.body alternative: (_)) @branch
(preproc_ifdef name: (_) @branch.skip alternative: (_) @branch.else) @branch
(preproc_elif (_) @branch.body alternative: (_)) @branch
(preproc_elif condition: (_) @branch.skip alternative: (_) @branch.else) @branch
(compound_statement (preproc_if (_) @branch.body) @branch)
(compound_statement (preproc_if condition: (_) @branch.skip) @branch)
(compound_statement (preproc_ifdef (_) @branch.body) @branch)
(compound_statement (preproc_ifdef name: (_) @branch.skip) @branch)
(compound_statement (preproc_if alternative: (_) @branch.else) @branch)
(compound_statement (preproc_ifdef alternative: (_) @branch.else) @branch)

(function_definition body: (_) @func.body) @func
(function_definition declarator: (function_declarator
  declarator: (identifier) @func.name parameters: (_) @func.params)) @func
(function_definition declarator: (pointer_declarator declarator: (function_declarator
  declarator: (identifier) @func.name parameters: (_) @func.params))) @func
(function_definition declarator: (pointer_declarator declarator: (pointer_declarator declarator: (function_declarator
  declarator: (identifier) @func.name parameters: (_) @func.params)))) @func
(function_definition declarator: (function_declarator declarator: (parenthesized_declarator (pointer_declarator
  declarator: (function_declarator declarator: (identifier) @func.name parameters: (_) @func.params))))) @func
(parameter_list) @params
(parameter_list (_) @param)
(parameter_declaration declarator: (identifier) @param.name) @param
(parameter_declaration declarator: (_ declarator: (identifier) @param.name)) @param
(parameter_declaration declarator: (_ declarator: (_ declarator: (identifier) @param.name))) @param
(parameter_declaration declarator: (function_declarator declarator: (parenthesized_declarator (pointer_declarator
  declarator: (identifier) @param.name)))) @param
(parameter_declaration type: (type_identifier) @param.type) @param
(parameter_declaration type: (_ name: (type_identifier) @param.type)) @param
(return_statement) @return
(return_statement (_) @return.value) @return
[(continue_statement) (break_statement)] @leave

; A declaration names its type once for all that it declares; what it only announces (a prototype) is nothing.
[(declaration) (field_declaration)] @declaration
((declaration (storage_class_specifier) @declaration.lasting) @declaration (#any-of? @declaration.lasting "static" "extern"))
(declaration type: (type_identifier) @declaration.type) @declaration
(declaration type: (_ name: (type_identifier) @declaration.type)) @declaration
(declaration declarator: (identifier) @declare)
(declaration declarator: (pointer_declarator declarator: (identifier) @declare.target) @declare)
(declaration declarator: (pointer_declarator declarator: (pointer_declarator declarator: (identifier) @declare.target)) @declare)
(declaration declarator: (array_declarator declarator: (identifier) @declare.target) @declare)
(declaration declarator: (array_declarator declarator: (_ declarator: (identifier) @declare.target)) @declare)
(declaration declarator: (pointer_declarator declarator: (array_declarator declarator: (identifier) @declare.target)) @declare)
(declaration declarator: (array_declarator declarator: (identifier) size: (_) @declare.size) @declare)
(declaration type: [(primitive_type) (sized_type_specifier)] @declaration.unit) @declaration
(declaration declarator: (function_declarator declarator: (parenthesized_declarator (pointer_declarator
  declarator: (identifier) @declare.target))) @declare)
(declaration declarator: (function_declarator declarator: (parenthesized_declarator (pointer_declarator
  declarator: (array_declarator declarator: (identifier) @declare.target)))) @declare)
(init_declarator value: (_) @declare.value) @declare
(init_declarator declarator: (identifier) @declare.target) @declare
(init_declarator declarator: (array_declarator declarator: (identifier) size: (_) @declare.size)) @declare
(init_declarator declarator: (array_declarator declarator: (identifier) !size "]" @declare.size)) @declare
(init_declarator declarator: (_ declarator: (identifier) @declare.target)) @declare
(init_declarator declarator: (_ declarator: (_ declarator: (identifier) @declare.target))) @declare
(init_declarator declarator: (function_declarator declarator: (parenthesized_declarator (pointer_declarator
  declarator: (identifier) @declare.target)))) @declare
(init_declarator declarator: (pointer_declarator declarator: (function_declarator declarator: (parenthesized_declarator
  (pointer_declarator declarator: (identifier) @declare.target))))) @declare
(init_declarator declarator: (function_declarator declarator: (parenthesized_declarator (pointer_declarator
  declarator: (array_declarator declarator: (identifier) @declare.target))))) @declare
(enumerator name: (identifier) @declare.target value: (_) @declare.value) @declare
(assignment_expression left: (_) @assign.target operator: "=" right: (_) @assign.value) @assign
(assignment_expression left: (_) @augment.target
  operator: ["+=" "-=" "*=" "/=" "%=" "|=" "&=" "^=" "<<=" ">>="] @augment.op right: (_) @augment.value) @augment
(assignment_expression left: (pointer_expression argument: (_) @wrap.value) @wrap)
(update_expression argument: (_) @augment.target operator: _ @augment.op) @augment

(if_statement condition: (_) @branch.test consequence: (_) @branch.arm) @branch
(if_statement alternative: (_) @branch.else) @branch
(switch_statement) @sequence
(switch_statement body: (compound_statement (case_statement) @branch.arm) @branch)
(switch_statement body: (compound_statement (case_statement !value) @branch.else) @branch)
(switch_statement body: (compound_statement "{" @branch.breaks) @branch)
(case_statement (_) @arm.body) @arm
(case_statement value: (_) @arm.test) @arm
(case_statement) @arm
(while_statement condition: (_) @loop.test body: (_) @loop.body) @loop
(do_statement body: (_) @loop.body condition: (_) @loop.step) @loop
(for_statement body: (_) @loop.body) @loop
(for_statement initializer: (_) @loop.init) @loop
(for_statement condition: (_) @loop.test) @loop
(for_statement update: (_) @loop.step) @loop

(call_expression function: (_) @call.func arguments: (_) @call.args) @call
(argument_list) @args
(argument_list (_) @other)
(sizeof_expression "sizeof" @call.func) @call
(sizeof_expression value: (_) @call.args) @call
(sizeof_expression type: (_) @call.args) @call
(sizeof_expression "sizeof" @name)
(field_expression argument: (_) @member.object field: (_) @member.prop) @member
(subscript_expression . (_) @index.object (_) @index.key .) @index
(pointer_expression operator: _ @unop.op argument: (_) @unop.arg) @unop
(unary_expression operator: _ @unop.op argument: (_) @unop.arg) @unop
(binary_expression left: (_) @binop.left operator: _ @binop.op right: (_) @binop.right) @binop
(conditional_expression condition: (_) @cond.test consequence: (_) @cond.then alternative: (_) @cond.else) @cond
(initializer_list) @list
(initializer_list (_) @other)
(initializer_pair value: (_) @wrap.value) @wrap

; Named fields make an initializer a call of its type with keyword arguments.
(init_declarator value: (initializer_list (initializer_pair designator: (field_designator))) @declare.args) @declare
(init_declarator value: (initializer_list (initializer_pair designator: (field_designator))) @args)
(compound_literal_expression type: (_) @call.func value: (_) @call.args) @call
(compound_literal_expression value: (initializer_list (initializer_pair designator: (field_designator))) @args)
(compound_literal_expression type: (type_descriptor declarator: (_)) value: (_) @wrap.value) @wrap
(initializer_pair designator: (field_designator (_) @field.name) value: (_) @field.value) @field
