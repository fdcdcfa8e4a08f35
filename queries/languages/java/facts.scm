; Java: node kinds -> roles (docs/languages.md). A later pattern overrides an earlier one. Nothing here names a risk.
[(line_comment) (block_comment)] @comment
[(program) (block) (class_body) (interface_body) (enum_body) (constructor_body) (annotation_type_body)] @block
(enum_body_declarations) @block
[(identifier) (type_identifier) (integral_type) (floating_point_type) (boolean_type) (this) (super)] @name
[(string_literal) (character_literal)] @str
(string_interpolation (_) @interp.value) @interp
[(decimal_integer_literal) (hex_integer_literal) (octal_integer_literal) (binary_integer_literal)] @num
[(decimal_floating_point_literal) (hex_floating_point_literal)] @num
(true) @true
(false) @false
(null_literal) @null
[(parenthesized_expression) (expression_statement) (yield_statement) (labeled_statement)] @wrap
(cast_expression type: (_) @cast.type value: (_) @cast.value) @cast
(class_literal (_) @wrap.value) @wrap
(generic_type . (_) @wrap.value) @wrap
(annotated_type (_) @wrap.value .) @wrap
(array_type element: (_) @wrap.value) @other

(import_declaration (scoped_identifier) @import.module) @import
(import_declaration (scoped_identifier) @import.module (asterisk) @import.star) @import
(import_declaration "static" (scoped_identifier scope: (_) @import.module name: (_) @import.name) .) @import
(import_declaration "static" (scoped_identifier) @import.module (asterisk) @import.star) @import

(class_declaration name: (_) @class.name body: (_) @class.body) @class
(class_declaration superclass: (superclass (_) @class.base)) @class
(class_declaration interfaces: (super_interfaces (type_list (_) @class.base))) @class
(class_declaration (modifiers (annotation) @class.deco)) @class
(class_declaration (modifiers (marker_annotation name: (_) @class.deco))) @class
(interface_declaration name: (_) @class.name body: (_) @class.body) @class
(interface_declaration (extends_interfaces (type_list (_) @class.base))) @class
(enum_declaration name: (_) @class.name body: (_) @class.body) @class
(record_declaration name: (_) @class.name parameters: (_) @class.params body: (_) @class.body) @class
(object_creation_expression type: (_) @class.base arguments: (_) @class.new (class_body) @class.body) @class
(enum_constant) @sequence
(static_initializer (block) @wrap.value) @wrap

(method_declaration name: (_) @func.name parameters: (_) @func.params) @func
(method_declaration body: (_) @func.body) @func
(method_declaration (modifiers (annotation) @func.deco)) @func
(method_declaration (modifiers (marker_annotation name: (_) @func.deco))) @func
(constructor_declaration name: (_) @func.maker parameters: (_) @func.params body: (_) @func.body) @func
(compact_constructor_declaration body: (_) @wrap.value) @wrap
(lambda_expression parameters: (_) @func.params body: (_) @func.expr) @func
(lambda_expression parameters: (_) @func.params body: (block) @func.body) @func
[(formal_parameters) (inferred_parameters)] @params
(inferred_parameters (identifier) @param)
(formal_parameter type: (_) @param.type name: (_) @param.name) @param
(formal_parameter (modifiers (annotation) @param.deco)) @param
(formal_parameter (modifiers (marker_annotation name: (_) @param.deco))) @param
(spread_parameter (variable_declarator name: (_) @param.rest)) @param
(return_statement) @return
(return_statement (_) @return.value) @return
[(throw_statement) (continue_statement) (break_statement)] @leave
(annotation name: (_) @call.func arguments: (_) @call.args) @call
(annotation_argument_list) @args
(annotation_argument_list (_) @other)
(element_value_pair key: (_) @kwarg.name value: (_) @kwarg.value) @kwarg
(element_value_array_initializer) @list

(local_variable_declaration type: (_) @declaration.type) @declaration
(field_declaration type: (_) @declaration.type) @declaration
(constant_declaration type: (_) @declaration.type) @declaration
(variable_declarator name: (_) @declare.target) @declare
(variable_declarator name: (_) @declare.target value: (_) @declare.value) @declare
(resource type: (_) @declare.type name: (_) @declare.target value: (_) @declare.value) @declare
(instanceof_expression left: (_) @declare.value right: (_) @declare.type name: (_) @declare.target) @declare
(assignment_expression left: (_) @assign.target operator: "=" right: (_) @assign.value) @assign
(assignment_expression left: (_) @augment.target
  operator: ["+=" "-=" "*=" "/=" "%=" "&=" "|=" "^=" "<<=" ">>="] @augment.op right: (_) @augment.value) @augment

(if_statement condition: (_) @branch.test consequence: (_) @branch.arm) @branch
(if_statement alternative: (_) @branch.else) @branch
(switch_expression body: (switch_block (_) @branch.arm)) @branch
(switch_expression body: (switch_block (switch_block_statement_group (switch_label "default")) @branch.else)) @branch
(switch_expression body: (switch_block (switch_rule (switch_label "default")) @branch.else)) @branch
[(switch_block_statement_group) (switch_rule) (switch_label)] @sequence
(switch_block_statement_group (break_statement) @skip)
(while_statement condition: (_) @loop.test body: (_) @loop.body) @loop
(do_statement body: (_) @loop.body condition: (_) @loop.step) @loop
(for_statement body: (_) @loop.body) @loop
(for_statement init: (_) @loop.init) @loop
(for_statement condition: (_) @loop.test) @loop
(for_statement update: (_) @loop.step) @loop
(enhanced_for_statement type: (_) @loop.type name: (_) @loop.target value: (_) @loop.iter body: (_) @loop.body) @loop
(try_statement body: (_) @try.body) @try
(try_statement (catch_clause) @try.arm) @try
(try_statement (finally_clause) @try.final) @try
(try_with_resources_statement (resource_specification) @try.body) @try
(try_with_resources_statement body: (_) @try.body) @try
(try_with_resources_statement (catch_clause) @try.arm) @try
(try_with_resources_statement (finally_clause) @try.final) @try
(catch_clause body: (_) @wrap.value) @wrap
[(resource_specification) (finally_clause) (synchronized_statement) (assert_statement)] @sequence

(method_invocation name: (_) @call.func arguments: (_) @call.args) @call
(method_invocation object: (_) @call.object name: (_) @call.method arguments: (_) @call.args) @call
(explicit_constructor_invocation constructor: (_) @call.func arguments: (_) @call.args) @call
(object_creation_expression type: (_) @call.func arguments: (_) @call.args .) @call
(argument_list) @args
(argument_list (_) @other)
(array_creation_expression value: (_) @wrap.value) @wrap
(array_creation_expression type: (_) @call.func dimensions: (dimensions_expr) @call.args) @call
(dimensions_expr) @args
(array_initializer) @list
(array_initializer (_) @other)
(field_access object: (_) @member.object field: (_) @member.prop) @member
(scoped_identifier scope: (_) @member.object name: (_) @member.prop) @member
(scoped_type_identifier . (_) @member.object (_) @member.prop .) @member
(method_reference . (_) @funcref.object (identifier) @funcref.prop .) @funcref
(method_reference . (_) @wrap.value "new") @wrap
(array_access array: (_) @index.object index: (_) @index.key) @index
(unary_expression operator: _ @unop.op operand: (_) @unop.arg) @unop
(binary_expression left: (_) @binop.left operator: _ @binop.op right: (_) @binop.right) @binop
(ternary_expression condition: (_) @cond.test consequence: (_) @cond.then alternative: (_) @cond.else) @cond
