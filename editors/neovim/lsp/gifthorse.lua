-- Gifthorse for Neovim 0.11 or newer: `vim.lsp.enable('gifthorse')`. It looks at every kind of file.
local gifthorse = require('gifthorse')

-- Neovim 0.11 pulls diagnostics but cannot be asked to pull again, and a region changes how loud a finding is without any
-- edit. So the server pushes them.
local function before_init(params)
  params.capabilities.textDocument.diagnostic = nil
end

return {
  cmd = { 'gifthorse', 'lsp' },
  root_markers = { 'gifthorse.toml', '.git' },
  before_init = before_init,
  init_options = { trusted = false, asksReason = true, asksComment = true },
  commands = gifthorse.commands,
  handlers = gifthorse.handlers,
  on_attach = gifthorse.on_attach,
}
