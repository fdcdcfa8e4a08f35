; Python: node kinds -> roles (docs/languages.md). A later pattern overrides an earlier one. Nothing here names a risk.
(comment) @comment
[(module) (block)] @block
[(identifier) (dotted_name)] @name
(string) @str
(concatenated_string) @strcat
(interpolation expression: (_) @interp.value) @interp
(interpolation expression: (_) @interp.value format_specifier: (_) @interp.format) @interp
(interpolation expression: (_) @interp.value type_conversion: (_) @interp.format) @interp
[(integer) (float)] @num
(true) @true
(false) @false
[(none) (ellipsis)] @null
[(parenthesized_expression) (await) (expression_statement) (type) (as_pattern_target)] @wrap

(import_statement name: (dotted_name) @import.module) @import
(import_statement name: (aliased_import name: (dotted_name) @import.module alias: (identifier) @import.alias)) @import
(import_from_statement module_name: (_) @import.module name: (dotted_name) @import.name) @import
(import_from_statement module_name: (_) @import.module
  name: (aliased_import name: (dotted_name) @import.name alias: (identifier) @import.alias)) @import
(import_from_statement module_name: (_) @import.module (wildcard_import) @import.star) @import

(function_definition name: (identifier) @func.name parameters: (parameters) @func.params body: (block) @func.body) @func
(lambda parameters: (lambda_parameters) @func.params) @func
(lambda body: (_) @func.expr) @func
[(parameters) (lambda_parameters)] @params
(parameters (identifier) @param)
(lambda_parameters (identifier) @param)
(default_parameter name: (_) @param.name value: (_) @param.default) @param
(typed_parameter . (identifier) @param.name type: (_) @param.type) @param
(typed_default_parameter name: (_) @param.name type: (_) @param.type value: (_) @param.default) @param
(parameters (list_splat_pattern (identifier) @param.rest) @param)
(parameters (dictionary_splat_pattern (identifier) @param.kwrest) @param)
(lambda_parameters (list_splat_pattern (identifier) @param.rest) @param)
(lambda_parameters (dictionary_splat_pattern (identifier) @param.kwrest) @param)
(typed_parameter . (list_splat_pattern (identifier) @param.rest)) @param
(typed_parameter . (dictionary_splat_pattern (identifier) @param.kwrest)) @param
(class_definition name: (identifier) @class.name body: (block) @class.body) @class
(class_definition superclasses: (argument_list) @class.args) @class
(decorated_definition (decorator (_) @deco.value) definition: (_) @deco.target) @deco
(return_statement) @return
(return_statement (_) @return.value) @return
(yield) @yield
(yield (_) @yield.value) @yield
[(raise_statement) (continue_statement) (break_statement)] @leave
[(global_statement) (nonlocal_statement)] @global

(assignment left: (_) @declare.target right: (_) @declare.value) @declare
(assignment left: (_) @declare.target type: (_) @declare.type) @declare
(named_expression name: (_) @declare.target value: (_) @declare.value) @declare
(as_pattern (_) @declare.value alias: (as_pattern_target) @declare.target) @declare
(augmented_assignment left: (_) @augment.target operator: _ @augment.op right: (_) @augment.value) @augment
(delete_statement (_) @delete.target) @delete

(if_statement condition: (_) @branch.test consequence: (_) @branch.arm) @branch
(if_statement alternative: (_) @branch.arm) @branch
(if_statement alternative: (else_clause) @branch.else) @branch
(elif_clause condition: (_) @arm.test consequence: (_) @arm.body) @arm
(else_clause body: (_) @wrap.value) @wrap
(match_statement subject: (_) @branch.subject body: (block (case_clause) @branch.arm)) @branch
(match_statement body: (block) @skip)
(case_clause consequence: (_) @arm.body) @arm
(case_clause (case_pattern [(string) (concatenated_string) (integer) (float) (union_pattern)] @arm.test)) @arm
(while_statement condition: (_) @loop.test body: (_) @loop.body) @loop
(while_statement alternative: (_) @loop.else) @loop
(for_statement left: (_) @loop.target right: (_) @loop.iter body: (_) @loop.body) @loop
(for_statement alternative: (_) @loop.else) @loop
(try_statement body: (_) @try.body) @try
(try_statement (except_clause) @try.arm) @try
(try_statement (else_clause) @try.else) @try
(try_statement (finally_clause) @try.final) @try
[(except_clause) (finally_clause)] @sequence
[(with_statement) (with_clause) (assert_statement)] @sequence

(call function: (_) @call.func arguments: (_) @call.args) @call
(argument_list) @args
(argument_list (_) @other)
(call arguments: (generator_expression) @comp) 
(keyword_argument name: (identifier) @kwarg.name value: (_) @kwarg.value) @kwarg
(dictionary_splat (_) @kwsplat.value) @kwsplat
(list_splat (_) @splat.value) @splat
(pattern_list (list_splat_pattern (_) @splat.value) @splat)
(tuple_pattern (list_splat_pattern (_) @splat.value) @splat)
(list_pattern (list_splat_pattern (_) @splat.value) @splat)
(attribute object: (_) @member.object attribute: (identifier) @member.prop) @member
(subscript value: (_) @index.object subscript: (_) @index.key) @index
(slice) @slice
(unary_operator operator: _ @unop.op argument: (_) @unop.arg) @unop
(not_operator "not" @unop.op argument: (_) @unop.arg) @unop
(binary_operator left: (_) @binop.left operator: _ @binop.op right: (_) @binop.right) @binop
(boolean_operator left: (_) @binop.left operator: _ @binop.op right: (_) @binop.right) @binop
(comparison_operator . (_) @binop.left operators: _ @binop.op (_) @binop.right .) @binop
(conditional_expression . (_) @cond.then (_) @cond.test (_) @cond.else .) @cond
[(list) (tuple) (set) (pattern_list) (tuple_pattern) (list_pattern) (expression_list)] @list
(list (_) @other) (tuple (_) @other) (set (_) @other) (expression_list (_) @other)
(dictionary) @dict
(pair key: (_) @pair.key value: (_) @pair.value) @pair
(list_comprehension body: (_) @comp.body) @comp
(generator_expression body: (_) @comp.body) @comp
(set_comprehension body: (_) @comp.body) @comp
(dictionary_comprehension body: (_) @comp.body) @comp
(for_in_clause left: (_) @clause.target right: (_) @clause.iter) @clause
(if_clause (_) @filter.test) @filter
