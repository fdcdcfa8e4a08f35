; Dockerfile: node kinds -> roles (docs/languages.md). An instruction is a call named after it; what it is given are
; its arguments. A later pattern overrides an earlier one.
(comment) @comment
["FROM" "RUN" "CMD" "LABEL" "EXPOSE" "ENTRYPOINT" "COPY" "ADD" "USER" "WORKDIR" "VOLUME" "SHELL" "HEALTHCHECK" "STOPSIGNAL" "MAINTAINER" "NONE"] @anycase

(from_instruction "FROM" @call.func (image_spec) @call.more) @call
(from_instruction as: (_) @call.more) @call
[(image_spec) (image_alias)] @word
(run_instruction "RUN" @call.func) @call
(run_instruction (shell_command) @call.more) @call
(run_instruction (json_string_array) @call.args) @call
(run_instruction (heredoc_block) @call.more) @call
(cmd_instruction "CMD" @call.func) @call
(cmd_instruction (shell_command) @call.more) @call
(cmd_instruction (json_string_array) @call.args) @call
(entrypoint_instruction "ENTRYPOINT" @call.func) @call
(entrypoint_instruction (shell_command) @call.more) @call
(entrypoint_instruction (json_string_array) @call.args) @call
(expose_instruction "EXPOSE" @call.func (expose_port) @call.more) @call
(add_instruction "ADD" @call.func) @call
(add_instruction (path) @call.more) @call
(add_instruction (param) @call.more) @call
(add_instruction (json_string_array) @call.args) @call
(copy_instruction "COPY" @call.func) @call
(copy_instruction (path) @call.more) @call
(copy_instruction (json_string_array) @call.args) @call
(user_instruction "USER" @call.func user: (_) @call.more) @call
(user_instruction group: (_) @call.more) @call
(workdir_instruction "WORKDIR" @call.func (path) @call.more) @call
(volume_instruction "VOLUME" @call.func) @call
(volume_instruction (path) @call.more) @call
(volume_instruction (json_string_array) @call.args) @call
(shell_instruction "SHELL" @call.func (json_string_array) @call.args) @call
(healthcheck_instruction "HEALTHCHECK" @call.func) @call
(healthcheck_instruction "NONE" @call.more) @call
(healthcheck_instruction (cmd_instruction) @call.more) @call
; What checks the health is not what the image starts.
(healthcheck_instruction (cmd_instruction "CMD" @word))
(stopsignal_instruction "STOPSIGNAL" @call.func) @call
(maintainer_instruction "MAINTAINER" @call.func) @call

; ENV and ARG give names their values.
(env_pair name: (_) @declare.target value: (_) @declare.value) @declare
(arg_pair name: (_) @declare.target default: (_) @declare.value) @declare
(env_pair name: (_) @name)
(arg_pair name: (_) @name)
(env_pair value: (unquoted_string) @word)
(arg_pair default: (unquoted_string) @word)
[(param) (shell_command) (path) (expose_port) (heredoc_block)] @word
(user_instruction (unquoted_string) @word)
(json_string_array) @list
[(json_string) (double_quoted_string) (single_quoted_string)] @str
(expansion (variable) @interp.value) @interp
(variable) @name
