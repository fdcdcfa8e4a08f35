; C#: node kinds -> roles (docs/languages.md). A later pattern overrides an earlier one. Nothing here names a risk.
(comment) @comment
[(compilation_unit) (block) (declaration_list) (switch_body)] @block
[(identifier) (predefined_type) (implicit_parameter)] @name
"this" @name
[(string_literal) (verbatim_string_literal) (raw_string_literal) (character_literal) (interpolated_string_expression)] @str
(interpolation (_) @interp.value) @interp
(interpolation (interpolation_brace) @skip)
(interpolation (interpolation_format_clause) @interp.format) @interp
[(integer_literal) (real_literal)] @num
((boolean_literal) @true (#eq? @true "true"))
((boolean_literal) @false (#eq? @false "false"))
(null_literal) @null
[(parenthesized_expression) (expression_statement) (await_expression) (global_statement) (checked_expression)] @wrap
[(ref_expression) (labeled_statement) (expression_element) (collection_element) (arrow_expression_clause)] @wrap
(cast_expression type: (_) @cast.type value: (_) @cast.value) @cast
(as_expression left: (_) @cast.value right: (_) @cast.type) @cast
(typeof_expression type: (_) @wrap.value) @wrap
(nullable_type type: (_) @wrap.value) @wrap
(generic_name . (identifier) @wrap.value) @wrap
(declaration_expression name: (_) @wrap.value) @wrap
(postfix_unary_expression . (_) @wrap.value) @wrap
(default_expression) @null
(alias_qualified_name name: (_) @wrap.value) @wrap
(implicit_type) @other

(using_directive name: (identifier) @import.alias (_) @import.module) @import
(using_directive "static" @import.star (_) @import.module) @import

(namespace_declaration body: (_) @wrap.value) @wrap
(class_declaration name: (_) @class.name body: (_) @class.body) @class
(class_declaration (base_list (_) @class.base)) @class
(class_declaration (parameter_list) @class.params) @class
(class_declaration (attribute_list (attribute) @class.deco)) @class
(struct_declaration name: (_) @class.name body: (_) @class.body) @class
(interface_declaration name: (_) @class.name body: (_) @class.body) @class
(record_declaration name: (_) @class.name) @class
(record_declaration body: (_) @class.body) @class
(record_declaration (parameter_list) @class.params) @class
(record_declaration (base_list (_) @class.base)) @class
(enum_declaration) @other

(method_declaration name: (_) @func.name parameters: (_) @func.params) @func
(method_declaration body: (block) @func.body) @func
(method_declaration body: (arrow_expression_clause) @func.expr) @func
(method_declaration (attribute_list (attribute) @func.deco)) @func
(local_function_statement name: (_) @func.name parameters: (_) @func.params) @func
(local_function_statement body: (block) @func.body) @func
(local_function_statement body: (arrow_expression_clause) @func.expr) @func
(constructor_declaration name: (_) @func.maker parameters: (_) @func.params) @func
(constructor_declaration body: (block) @func.body) @func
(constructor_declaration body: (arrow_expression_clause) @func.expr) @func
(destructor_declaration body: (_) @func.body) @func
(operator_declaration parameters: (_) @func.params body: (_) @func.body) @func
(indexer_declaration parameters: (_) @func.params accessors: (_) @func.body) @func
(accessor_declaration body: (block) @func.body) @func
(accessor_declaration body: (arrow_expression_clause) @func.expr) @func
(accessor_list) @sequence
(property_declaration type: (_) @declare.type name: (_) @declare.target) @declare
(property_declaration value: (_) @declare.value) @declare
(property_declaration accessors: (accessor_list (accessor_declaration body: (_)))) @sequence
(lambda_expression parameters: (_) @func.params body: (_) @func.expr) @func
(lambda_expression parameters: (_) @func.params body: (block) @func.body) @func
(anonymous_method_expression parameters: (_) @func.params (block) @func.body) @func
(anonymous_method_expression !parameters (block) @func.body) @func
[(parameter_list) (bracketed_parameter_list)] @params
(parameter name: (_) @param.name) @param
(parameter type: (_) @param.type) @param
(parameter name: (_) (_) @param.default .) @param
(parameter (attribute_list (attribute) @param.deco)) @param
(parameter_list type: (array_type) . name: (identifier) @params.rest)
(return_statement) @return
(return_statement (_) @return.value) @return
(yield_statement (_) @yield.value) @yield
[(throw_statement) (throw_expression) (continue_statement) (break_statement) (goto_statement)] @leave
(attribute name: (_) @wrap.value) @wrap
(attribute name: (_) @call.func (attribute_argument_list) @call.args) @call
(attribute_argument_list) @args
(attribute_argument (_) @wrap.value) @wrap
(attribute_argument name: (_) @kwarg.name (_) @kwarg.value .) @kwarg

[(local_declaration_statement) (field_declaration)] @wrap
(local_declaration_statement (variable_declaration) @wrap.value) @wrap
(field_declaration (variable_declaration) @wrap.value) @wrap
(event_field_declaration) @other
(variable_declaration type: (_) @declaration.type) @declaration
(variable_declarator name: (_) @declare.target) @declare
(variable_declarator name: (_) @declare.target . (_) @declare.value .) @declare
(variable_declarator (tuple_pattern) @declare.target (_) @declare.value) @declare
[(tuple_pattern) (tuple_expression)] @list
(tuple_pattern name: (_) @name)
(is_pattern_expression expression: (_) @declare.value pattern: (declaration_pattern type: (_) @declare.type name: (_) @declare.target)) @declare
(assignment_expression left: (_) @assign.target operator: "=" right: (_) @assign.value) @assign
(assignment_expression left: (_) @augment.target
  operator: ["+=" "-=" "*=" "/=" "%=" "&=" "|=" "^=" "<<=" ">>="] @augment.op right: (_) @augment.value) @augment
(assignment_expression left: (member_access_expression) @assign.target operator: "+=" right: (lambda_expression) @assign.value) @assign
(assignment_expression left: (_) @assign.target operator: "??=" right: (_) @assign.value) @assign

(if_statement condition: (_) @branch.test consequence: (_) @branch.arm) @branch
(if_statement alternative: (_) @branch.else) @branch
(switch_statement body: (switch_body (switch_section) @branch.arm)) @branch
(switch_statement body: (switch_body (switch_section "default") @branch.else)) @branch
(switch_section) @sequence
(switch_section (break_statement) @skip)
(switch_expression (switch_expression_arm) @branch.arm) @branch
(switch_expression (switch_expression_arm (discard)) @branch.else) @branch
(switch_expression_arm (_) @wrap.value .) @wrap
(while_statement condition: (_) @loop.test body: (_) @loop.body) @loop
(do_statement body: (_) @loop.body condition: (_) @loop.step) @loop
(for_statement body: (_) @loop.body) @loop
(for_statement initializer: (_) @loop.init) @loop
(for_statement condition: (_) @loop.test) @loop
(for_statement update: (_) @loop.step) @loop
(foreach_statement type: (_) @loop.type left: (_) @loop.target right: (_) @loop.iter body: (_) @loop.body) @loop
(try_statement body: (_) @try.body) @try
(try_statement (catch_clause) @try.arm) @try
(try_statement (finally_clause) @try.final) @try
(catch_clause body: (_) @wrap.value) @wrap
[(finally_clause) (using_statement) (lock_statement) (checked_statement) (unsafe_statement) (fixed_statement)] @sequence
(from_clause name: (_) @declare.target (_) @declare.value .) @declare
[(query_expression) (where_clause) (select_clause)] @sequence

(invocation_expression function: (_) @call.func arguments: (_) @call.args) @call
(constructor_initializer) @other
(object_creation_expression type: (_) @call.func) @call
(object_creation_expression type: (_) @call.func arguments: (_) @call.args) @call
(object_creation_expression initializer: (_) @call.fields) @call
(object_creation_expression initializer: (initializer_expression (assignment_expression left: (identifier) @field.name right: (_) @field.value) @field))
(implicit_object_creation_expression) @other
(anonymous_object_creation_expression) @dict
(argument_list) @args
(argument_list (argument) @wrap)
(argument (_) @wrap.value .) @wrap
(argument name: (_) @kwarg.name (_) @kwarg.value .) @kwarg
(initializer_expression) @list
(initializer_expression (_) @other)
(object_creation_expression initializer: (initializer_expression (assignment_expression left: (element_binding_expression (argument) @pair.key) right: (_) @pair.value) @pair))
(object_creation_expression initializer: (initializer_expression (initializer_expression . (_) @pair.key . (_) @pair.value .) @pair))
(object_creation_expression initializer: (initializer_expression . (assignment_expression left: (element_binding_expression))) @dict)
(object_creation_expression initializer: (initializer_expression . (initializer_expression)) @dict)
(object_creation_expression initializer: (initializer_expression . (assignment_expression left: (element_binding_expression))) @wrap.value) @wrap
(object_creation_expression initializer: (initializer_expression . (initializer_expression)) @wrap.value) @wrap
(object_creation_expression type: (generic_name) initializer: (initializer_expression . [
  (string_literal) (identifier) (integer_literal) (object_creation_expression) (invocation_expression)
  (member_access_expression) (interpolated_string_expression)]) @wrap.value) @wrap
(collection_expression) @list
(spread_element (_) @splat.value) @splat
(array_creation_expression (initializer_expression) @wrap.value) @wrap
(implicit_array_creation_expression (initializer_expression) @wrap.value) @wrap
(array_creation_expression type: (array_type type: (_) @call.func rank: (array_rank_specifier (_)) @call.args) .) @call
(array_rank_specifier) @args
(array_type) @other
(array_creation_expression type: (array_type) @skip)
(member_access_expression expression: _ @member.object name: (_) @member.prop) @member
(qualified_name qualifier: (_) @member.object name: (_) @member.prop) @member
(conditional_access_expression condition: (_) @member.object (member_binding_expression name: (_) @member.prop)) @member
(conditional_access_expression condition: (_) @index.object (element_binding_expression (argument) @index.key)) @index
(element_access_expression expression: (_) @index.object subscript: (bracketed_argument_list . (argument) @index.key .)) @index
(prefix_unary_expression ["-" "!" "+" "~" "&" "*" "^"] @unop.op (_) @unop.arg) @unop
(binary_expression left: (_) @binop.left operator: _ @binop.op right: (_) @binop.right) @binop
(conditional_expression condition: (_) @cond.test consequence: (_) @cond.then alternative: (_) @cond.else) @cond
