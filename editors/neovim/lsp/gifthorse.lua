-- Gifthorse for Neovim 0.11 or newer: `vim.lsp.enable('gifthorse')`. It looks at every kind of file.
local gifthorse = require('gifthorse')

return {
  cmd = { 'gifthorse', 'lsp' },
  root_markers = { 'gifthorse.toml', '.git' },
  init_options = { trusted = false, asksReason = true, asksComment = true },
  commands = gifthorse.commands,
  handlers = gifthorse.handlers,
  on_attach = gifthorse.on_attach,
}
