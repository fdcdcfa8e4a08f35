; JavaScript and JSX: node kinds -> roles (docs/languages.md). A later pattern overrides an earlier one.
; TypeScript and TSX build on these.
[(comment) (hash_bang_line) (html_comment)] @comment
(regex) @regex
[(program) (statement_block) (class_body)] @block
[(identifier) (this) (super) (shorthand_property_identifier) (shorthand_property_identifier_pattern) (undefined)] @name
[(string) (template_string)] @str
(template_substitution (_) @interp.value) @interp
(number) @num
(true) @true
(false) @false
(null) @null
[(parenthesized_expression) (expression_statement) (await_expression) (computed_property_name) (export_statement)] @wrap
(export_statement declaration: (_) @wrap.value) @wrap
(export_statement value: (_) @wrap.value) @wrap
(export_statement "default" @name)
(export_statement "default" @declare.target value: (_) @declare.value) @declare
(export_statement "default" @declare.target declaration: (_) @declare.value) @declare
(export_clause) @sequence
(export_specifier name: (_) @wrap.value !alias) @wrap
(export_specifier name: (_) @declare.value alias: (_) @declare.target) @declare
(export_statement (export_clause (export_specifier name: (_) @import.name !alias)) source: (string) @import.module) @import
(export_statement (export_clause (export_specifier name: (_) @import.name alias: (_) @import.alias)) source: (string) @import.module) @import
(export_statement "*" @import.star source: (string) @import.module) @import
(export_statement (namespace_export (_) @import.alias) source: (string) @import.module) @import
[(lexical_declaration) (variable_declaration)] @sequence
(sequence_expression) @comma

(import_statement (import_clause (identifier) @import.default) source: (string) @import.module) @import
(import_statement (import_clause (namespace_import (identifier) @import.alias)) source: (string) @import.module) @import
(import_statement (import_clause (named_imports (import_specifier name: (_) @import.name !alias))) source: (string) @import.module) @import
(import_statement (import_clause (named_imports (import_specifier name: (_) @import.name alias: (identifier) @import.alias)))
  source: (string) @import.module) @import

(function_declaration name: (identifier) @func.name parameters: (_) @func.params body: (_) @func.body) @func
(generator_function_declaration name: (identifier) @func.name parameters: (_) @func.params body: (_) @func.body) @func
(function_expression parameters: (_) @func.params body: (_) @func.body) @func
(generator_function parameters: (_) @func.params body: (_) @func.body) @func
(method_definition name: (_) @func.name parameters: (_) @func.params body: (_) @func.body) @func
(arrow_function parameters: (_) @func.params body: (_) @func.expr) @func
(arrow_function parameter: (_) @func.params body: (_) @func.expr) @func
(arrow_function parameters: (_) @func.params body: (statement_block) @func.body) @func
(arrow_function parameter: (_) @func.params body: (statement_block) @func.body) @func
(formal_parameters) @params
(formal_parameters (_) @param)
(assignment_pattern left: (_) @param.name right: (_) @param.default) @param
(object_assignment_pattern left: (_) @param.name right: (_) @param.default) @param
(class_declaration name: (_) @class.name body: (class_body) @class.body) @class
(class body: (class_body) @class.body) @class
(class name: (_) @class.name) @class
(class_declaration (class_heritage (_) @class.base)) @class
(class (class_heritage (_) @class.base)) @class
(field_definition property: (_) @declare.target value: (_) @declare.value) @declare
(return_statement) @return
(return_statement (_) @return.value) @return
(yield_expression) @yield
[(throw_statement) (continue_statement) (break_statement)] @leave

(variable_declarator name: (_) @declare.target) @declare
(variable_declarator name: (_) @declare.target value: (_) @declare.value) @declare
(assignment_expression left: (_) @assign.target right: (_) @assign.value) @assign
(augmented_assignment_expression left: (_) @augment.target operator: _ @augment.op right: (_) @augment.value) @augment
(rest_pattern (_) @splat.value) @splat

(if_statement condition: (_) @branch.test consequence: (_) @branch.arm) @branch
(if_statement alternative: (else_clause) @branch.else) @branch
(else_clause (_) @wrap.value) @wrap
(switch_statement "switch" @branch.breaks value: (_) @branch.subject body: (switch_body (_) @branch.arm)) @branch
(switch_case body: (_) @arm.body) @arm
(switch_case value: (_) @arm.test) @arm
(switch_default body: (_) @arm.body) @arm
(while_statement condition: (_) @loop.test body: (_) @loop.body) @loop
(do_statement body: (_) @loop.body condition: (_) @loop.step) @loop
(for_statement initializer: (_) @loop.init body: (_) @loop.body) @loop
(for_statement condition: (_) @loop.test) @loop
(for_statement increment: (_) @loop.step) @loop
(for_in_statement left: (_) @loop.target right: (_) @loop.iter body: (_) @loop.body) @loop
(try_statement body: (_) @try.body) @try
(try_statement handler: (_) @try.arm) @try
(try_statement finalizer: (_) @try.final) @try
(catch_clause body: (_) @catch.body) @catch
(catch_clause parameter: (_) @catch.target) @catch
(labeled_statement label: (_) @labelled.label body: (_) @labelled.body) @labelled
(finally_clause body: (_) @wrap.value) @wrap

(call_expression function: (_) @call.func arguments: (_) @call.args) @call
(new_expression "new" @call.new constructor: (_) @call.func arguments: (_) @call.args) @call
(new_expression "new" @call.new constructor: (_) @call.func !arguments) @call
(arguments) @args
(arguments (_) @other)
(spread_element (_) @splat.value) @splat
(member_expression object: (_) @member.object property: (_) @member.prop) @member
(subscript_expression object: (_) @index.object index: (_) @index.key) @index
(unary_expression operator: _ @unop.op argument: (_) @unop.arg) @unop
(binary_expression left: (_) @binop.left operator: _ @binop.op right: (_) @binop.right) @binop
(ternary_expression condition: (_) @cond.test consequence: (_) @cond.then alternative: (_) @cond.else) @cond
[(array) (array_pattern)] @list
(array (_) @other)
[(object) (object_pattern)] @dict
(pair key: (_) @pair.key value: (_) @pair.value) @pair
(pair key: (property_identifier) @pair.key value: (_) @pair.value) @pair
(pair_pattern key: (_) @pair.key value: (_) @pair.value) @pair
(object (shorthand_property_identifier) @pair)
(object (method_definition name: (_) @func.name) @func)
(method_definition "get" @func.getter name: (_)) @func
[(private_property_identifier) (import)] @name
(class_static_block body: (_) @wrap.value) @wrap
(array . "," @other) (array "," . "," @other)
(array_pattern . "," @other) (array_pattern "," . "," @other)

; JSX: an element is a call of its tag with keyword arguments.
(jsx_self_closing_element name: (_) @call.func) @call
(jsx_element open_tag: (jsx_opening_element name: (_) @call.func)) @call
(jsx_self_closing_element attribute: (jsx_attribute) @call.more) @call
(jsx_element open_tag: (jsx_opening_element attribute: (jsx_attribute) @call.more)) @call
(jsx_attribute (property_identifier) @kwarg.name . (_) @kwarg.value) @kwarg
(jsx_expression (_) @wrap.value) @wrap
