; Rust: node kinds -> roles (docs/languages.md). A later pattern overrides an earlier one. Nothing here names a risk.
[(line_comment) (block_comment)] @comment
[(source_file) (block) (declaration_list) (enum_variant_list)] @block
[(identifier) (type_identifier) (primitive_type) (self) (super) (shorthand_field_identifier)] @name
[(string_literal) (raw_string_literal) (char_literal)] @str
[(integer_literal) (float_literal)] @num
(boolean_literal) @false
((boolean_literal) @true (#eq? @true "true"))
(unit_expression) @null
[(parenthesized_expression) (expression_statement) (await_expression) (try_expression) (unsafe_block) (async_block)
  (const_block) (else_clause) (mutable_specifier)] @wrap
(await_expression . (_) @wrap.value) @wrap
(try_expression . (_) @wrap.value) @wrap
(reference_expression value: (_) @wrap.value) @wrap
(type_cast_expression value: (_) @wrap.value) @wrap
(generic_function function: (_) @wrap.value) @wrap
(generic_type type: (_) @wrap.value) @wrap
(reference_type type: (_) @wrap.value) @wrap
(array_type element: (_) @wrap.value) @wrap
[(label) (lifetime) (visibility_modifier) (where_clause) (type_parameters) (type_arguments) (attribute_item) (inner_attribute_item)] @skip

(scoped_identifier path: (_) @member.object name: (_) @member.prop) @member
(scoped_type_identifier path: (_) @member.object name: (_) @member.prop) @member
(scoped_identifier path: [(crate) (super) (self)] name: (_) @wrap.value) @wrap
(scoped_type_identifier path: [(crate) (super) (self)] name: (_) @wrap.value) @wrap
(scoped_identifier !path name: (_) @wrap.value) @wrap

(use_declaration argument: (scoped_identifier path: (_) @import.module name: (_) @import.name)) @import
(use_declaration argument: (use_wildcard (_) @import.module) @import.star) @import
(use_declaration argument: (use_as_clause path: (scoped_identifier path: (_) @import.module name: (_) @import.name)
  alias: (_) @import.alias)) @import
(use_declaration argument: (use_as_clause path: (identifier) @import.module alias: (_) @import.alias)) @import
(use_declaration argument: (scoped_use_list path: (_) @import.module list: (use_list (identifier) @import.name))) @import
(use_declaration argument: (scoped_use_list path: (_) @import.module list: (use_list
  (scoped_identifier path: (_) @import.module name: (_) @import.name)))) @import
(use_declaration argument: (scoped_use_list path: (_) @import.module list: (use_list
  (use_as_clause path: (identifier) @import.name alias: (_) @import.alias)))) @import
(use_declaration argument: (scoped_use_list path: (_) @import.module list: (use_list
  (use_as_clause path: (scoped_identifier path: (_) @import.module name: (_) @import.name) alias: (_) @import.alias)))) @import
(use_declaration argument: (scoped_use_list path: (scoped_identifier path: (_) @import.module name: (_) @import.name)
  list: (use_list (self)))) @import
(use_declaration argument: (scoped_use_list path: (_) @import.module list: (use_list
  (scoped_use_list path: (_) @import.module list: (use_list (identifier) @import.name))))) @import
(use_declaration argument: (scoped_use_list path: (_) @import.module list: (use_list
  (scoped_use_list path: (_) @import.module list: (use_list
    (scoped_identifier path: (_) @import.module name: (_) @import.name)))))) @import
(use_declaration argument: (scoped_use_list path: (_) @import.module list: (use_list
  (scoped_use_list path: (_) @import.module list: (use_list
    (use_as_clause path: (identifier) @import.name alias: (_) @import.alias)))))) @import
(use_declaration argument: (scoped_use_list path: (_) @import.module list: (use_list
  (scoped_use_list path: (_) @import.name list: (use_list (self)))))) @import
(use_declaration argument: (scoped_use_list path: (_) @import.module list: (use_list
  (scoped_use_list path: (_) @import.module list: (use_list
    (scoped_use_list path: (_) @import.module list: (use_list (identifier) @import.name))))))) @import
(extern_crate_declaration name: (_) @import.module alias: (_) @import.alias) @import

(function_item name: (_) @func.name parameters: (_) @func.params body: (_) @func.body) @func
(closure_expression parameters: (_) @func.params body: (_) @func.expr) @func
(closure_expression parameters: (_) @func.params body: (block) @func.body) @func
[(parameters) (closure_parameters)] @params
(closure_parameters (identifier) @param)
(closure_parameters [(tuple_pattern) (reference_pattern) (mut_pattern)] @param.name) 
(parameter pattern: (_) @param.name type: (_) @param.type) @param
(self_parameter (self) @param.name) @param
(return_expression) @return
(return_expression (_) @return.value) @return
[(continue_expression) (break_expression)] @leave

(mod_item name: (_) @class.name body: (_) @class.body) @class
(mod_item name: (_) @import.module !body) @import
(struct_item name: (_) @class.name) @class
(enum_item name: (_) @class.name body: (_) @class.body) @class
(trait_item name: (_) @class.name body: (_) @class.body) @class
(impl_item type: (type_identifier) @class.name body: (_) @class.body) @class
(impl_item type: (generic_type type: (_) @class.name) body: (_) @class.body) @class
(enum_variant name: (_) @declare.target value: (_) @declare.value) @declare

(let_declaration pattern: (_) @declare.target) @declare
(let_declaration type: (_) @declare.type) @declare
(let_declaration value: (_) @declare.value) @declare
(let_condition pattern: (_) @declare.target value: (_) @declare.value) @declare
(const_item name: (_) @declare.target value: (_) @declare.value) @declare
(static_item name: (_) @declare.target value: (_) @declare.value) @declare
(type_item name: (_) @declare.target type: (_) @declare.value) @declare
(assignment_expression left: (_) @assign.target right: (_) @assign.value) @assign
(assignment_expression left: (unary_expression "*" (_) @wrap.value) @wrap)
(compound_assignment_expr left: (_) @augment.target operator: _ @augment.op right: (_) @augment.value) @augment
[(tuple_pattern) (slice_pattern)] @list
[(mut_pattern) (ref_pattern) (reference_pattern) (captured_pattern)] @wrap
(captured_pattern . (identifier) @wrap.value) @wrap
(tuple_struct_pattern type: (_) . (_) @wrap.value .) @wrap
(struct_pattern) @dict
(struct_pattern type: (_) @skip)
(field_pattern name: (_) @pair.key pattern: (_) @pair.value) @pair
(field_pattern name: (shorthand_field_identifier) @wrap.value) @wrap

(if_expression condition: (_) @branch.test consequence: (_) @branch.arm) @branch
(if_expression alternative: (_) @branch.else) @branch
(match_expression value: (_) @branch.test) @branch
(match_expression body: (match_block (match_arm) @branch.arm)) @branch
(match_expression body: (match_block (match_arm) @branch.else .)) @branch
(match_arm) @sequence
(match_arm pattern: (match_pattern . [(identifier) (tuple_struct_pattern) (struct_pattern) (tuple_pattern) (captured_pattern)
  (mut_pattern) (ref_pattern) (reference_pattern)] @case.target) @case)
(while_expression condition: (_) @loop.test body: (_) @loop.body) @loop
(loop_expression body: (_) @loop.body) @loop
(for_expression pattern: (_) @loop.target value: (_) @loop.iter body: (_) @loop.body) @loop

(call_expression function: (_) @call.func arguments: (_) @call.args) @call
(arguments) @args
(arguments (_) @other)
(macro_invocation macro: (_) @call.func (token_tree) @call.args) @call
(token_tree) @code
(macro_definition) @skip
(struct_expression name: (_) @call.func body: (_) @call.args) @call
(field_initializer_list) @args
(field_initializer field: (_) @field.name value: (_) @field.value) @field
(shorthand_field_initializer (identifier) @field.name) @field
(base_field_initializer (_) @kwsplat.value) @kwsplat
(field_expression value: (_) @member.object field: (field_identifier) @member.prop) @member
(field_expression value: (_) @index.object field: (integer_literal) @index.key) @index
(index_expression . (_) @index.object (_) @index.key) @index
(unary_expression ["-" "!" "*"] @unop.op (_) @unop.arg) @unop
(binary_expression left: (_) @binop.left operator: _ @binop.op right: (_) @binop.right) @binop
[(tuple_expression) (array_expression)] @list
(tuple_expression (_) @other)
(array_expression (_) @other)
(array_expression length: (_) @skip)
