; Ruby: node kinds -> roles (docs/languages.md). A later pattern overrides an earlier one. Nothing here names a risk.
(comment) @comment
[(body_statement) (block_body) (then) (do) (program)] @block
[(constant) (global_variable) (encoding) (file) (line)] @name
(identifier) @bareword
(self) @this
(super) @name
[(instance_variable) (class_variable)] @own
[(integer) (float) (rational) (complex)] @num
(true) @true
(false) @false
(nil) @null
[(string) (heredoc_body) (subshell) (regex) (delimited_symbol) (bare_string) (bare_symbol)] @text
[(string_content) (heredoc_content)] @chars
(string . _ @_quote (string_content) @quoted (#eq? @_quote "'"))
(escape_sequence) @escape
(character) @symbol
(simple_symbol) @symbol
(hash_key_symbol) @word
(interpolation (_) @interp.value) @interp
(chained_string) @strcat
(heredoc_beginning) @heredoc
(heredoc_body (heredoc_end) @herebody.name) @herebody
[(string_array) (symbol_array) (array) (right_assignment_list) (left_assignment_list) (destructured_left_assignment) (destructured_parameter)] @list
(hash) @dict
(pair key: (_) @pair.key value: (_) @pair.value) @pair
(pair key: (hash_key_symbol) @pair.key !value) @pair
(pair key: (hash_key_symbol) !value) @other
(argument_list (pair key: (_) @kwarg.name value: (_) @kwarg.value) @kwarg)
(element_reference (pair key: (_) @kwarg.name value: (_) @kwarg.value) @kwarg)
(splat_argument (_) @splat.value) @splat
(rest_assignment (_) @splat.value) @splat
(hash_splat_argument (_) @kwsplat.value) @kwsplat
(block_argument (_) @wrap.value) @wrap
(block_argument "&" @call.func (simple_symbol) @call.more) @call
(block_argument "&" @name)
[(parenthesized_statements) (begin) (begin_block) (end_block)] @comma
(parenthesized_statements . (_) @wrap.value .) @wrap
[(range)] @other

(method name: (_) @func.name) @func
(method name: [(identifier) (constant) (setter) (operator)] @name)
(method parameters: (_) @func.params) @func
(method body: (_) @func.body) @func
(singleton_method name: (_) @func.name) @func
(singleton_method name: [(identifier) (constant) (setter) (operator)] @name)
(singleton_method parameters: (_) @func.params) @func
(singleton_method body: (_) @func.body) @func
(lambda) @func
(lambda parameters: (_) @func.params) @func
(lambda body: (_) @func.body) @func
[(block) (do_block)] @func
(block parameters: (_) @func.params) @func
(block body: (_) @func.body) @func
(do_block parameters: (_) @func.params) @func
(do_block body: (_) @func.body) @func
(lambda body: (block body: (_) @wrap.value) @wrap)
(lambda body: (do_block body: (_) @wrap.value) @wrap)
[(method_parameters) (block_parameters) (lambda_parameters)] @params
(method_parameters (identifier) @param)
(block_parameters (identifier) @param)
(lambda_parameters (identifier) @param)
(optional_parameter name: (_) @param.name value: (_) @param.default) @param
(keyword_parameter name: (_) @param.name) @param
(keyword_parameter name: (_) @param.name value: (_) @param.default) @param
(splat_parameter name: (_) @param.rest) @param
(hash_splat_parameter name: (_) @param.kwrest) @param
(block_parameter name: (_) @param.name) @param
(class name: (_) @class.name) @class
(class body: (_) @class.body) @class
(class superclass: (superclass) @class.base) @class
(module name: (_) @class.name) @class
(module body: (_) @class.body) @class
(singleton_class body: (_) @wrap.value) @wrap
(superclass (_) @wrap.value) @wrap
(argument_list) @args
(return) @return
; @return
(return (argument_list) @list)
(return (argument_list . (_) @wrap.value .) @wrap)
[(next) (break) (redo) (retry)] @leave

(assignment left: (_) @declare.target right: (_) @declare.value) @declare
(assignment left: [(global_variable) (scope_resolution)] @assign.target right: (_) @assign.value) @assign
(operator_assignment left: (_) @augment.target operator: _ @augment.op right: (_) @augment.value) @augment
(binary left: [(identifier) (instance_variable)] @augment.target operator: "<<" @augment.op right: (_) @augment.value) @augment
(undef) @skip
(alias name: (_) @declare.target alias: (_) @declare.value) @declare
(alias alias: (identifier) @name)

(if condition: (_) @branch.test) @branch
(if consequence: (_) @branch.arm) @branch
(if alternative: (_) @branch.else) @branch
(elsif condition: (_) @branch.test) @branch
(elsif consequence: (_) @branch.arm) @branch
(elsif alternative: (_) @branch.else) @branch
(else) @comma
(unless condition: (_) @branch.test) @branch
(unless consequence: (_) @branch.unless) @branch
(unless alternative: (_) @branch.arm) @branch
(if_modifier body: (_) @branch.arm condition: (_) @branch.test) @branch
(unless_modifier body: (_) @branch.unless condition: (_) @branch.test) @branch
(case value: (_) @branch.subject) @branch
(case (when) @branch.arm) @branch
(case (else) @branch.else) @branch
(when pattern: (_) @arm.test body: (_) @arm.body) @arm
(pattern (_) @wrap.value) @wrap
(case_match value: (_) @branch.subject) @branch
(case_match clauses: (in_clause) @branch.arm) @branch
(case_match else: (else) @branch.else) @branch
(in_clause body: (_) @wrap.value) @wrap
(while condition: (_) @loop.test body: (_) @loop.body) @loop
(until condition: (_) @loop.test body: (_) @loop.body) @loop
(while_modifier body: (_) @loop.body condition: (_) @loop.test) @loop
(until_modifier body: (_) @loop.body condition: (_) @loop.test) @loop
(for pattern: (_) @loop.target value: (in (_) @wrap.value) @loop.iter body: (_) @loop.body) @loop
(in (_) @wrap.value) @wrap
(begin (rescue)) @try
(begin (rescue) @try.arm) @try
(begin (else) @try.else) @try
(begin (ensure) @try.final) @try
(body_statement (rescue)) @try
(body_statement (rescue) @try.arm) @try
(body_statement (else) @try.else) @try
(body_statement (ensure) @try.final) @try
(rescue body: (_) @wrap.value) @wrap
(ensure) @comma
(exceptions) @other
(rescue_modifier body: (_) @try.body handler: (_) @try.arm) @try

(call method: (_) @call.func !receiver) @call
(call method: [(identifier) (constant)] @name)
(call method: (super) @name)
(call receiver: (_) @call.object method: (_) @call.method) @call
(call receiver: (_) @call.func !method) @call
(call arguments: (argument_list) @call.args) @call
(call block: (_) @call.more) @call
(yield) @call
(yield "yield" @call.func) @call
(yield "yield" @name)
(yield (argument_list) @call.args) @call
(assignment left: (call receiver: (_) @member.object method: (_) @member.prop) @member)
(operator_assignment left: (call receiver: (_) @member.object method: (_) @member.prop) @member)
(subshell) @call
(subshell . _ @call.func) @call
(subshell . _ @backtick)
(subshell [(string_content) (interpolation) (escape_sequence)] @call.more) @call
(scope_resolution scope: (_) @member.object name: (_) @member.prop) @member
(scope_resolution !scope name: (_) @wrap.value) @wrap
(element_reference object: (_) @index.object) @index
(element_reference object: (_) . (_) @index.key) @index
(element_reference object: (_) . (range)) @other
(unary operator: _ @unop.op operand: (_) @unop.arg) @unop
(binary left: (_) @binop.left operator: _ @binop.op right: (_) @binop.right) @binop
(binary left: [(identifier) (instance_variable)] @augment.target operator: "<<" @augment.op right: (_) @augment.value) @augment
(conditional condition: (_) @cond.test consequence: (_) @cond.then alternative: (_) @cond.else) @cond
