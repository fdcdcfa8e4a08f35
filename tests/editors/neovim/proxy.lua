-- Suggestions of a language server behind the proxy, in Neovim: one taken, one typed by hand, one typed in part and taken.
-- Prints one JSON object with what went wrong, if anything. Every wait ends with what it waits for.
local workspace, records = vim.env.GIFTHORSE_TEST_WORKSPACE, vim.env.GIFTHORSE_STATE_DIR
local words = 'sum(one for one in values if one > 0)\nprint(total)'

local function await(what, check)
  if not vim.wait(20000, check, 10) then
    error('waited in vain for ' .. what)
  end
end

local function text() return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n') end

local function client() return vim.lsp.get_clients({ name = 'assistant', bufnr = 0 })[1] end

local function told() return #vim.fn.glob(records .. '/roots/*/inbox/*.json', true, true) end

-- What vim.lsp.inline_completion (Neovim 0.12) does when a suggestion is taken: put it in, then run its command.
local function put_in()
  local at = vim.lsp.util.make_position_params(0, client().offset_encoding)
  local asked = vim.tbl_extend('force', at, { context = { triggerKind = 1 } })
  local answer = assert(client():request_sync('textDocument/inlineCompletion', asked, 20000, vim.api.nvim_get_current_buf())).result.items[1]
  local line, column = answer.range.start.line, answer.range.start.character
  vim.api.nvim_buf_set_text(0, line, column, line, column, vim.split(answer.insertText, '\n'))
  client():exec_cmd(answer.command, { bufnr = 0 })
end

local function take()
  local wanted = text():gsub('total = [^\n]*$', function() return 'total = ' .. words end)
  vim.api.nvim_win_set_cursor(0, { 2, #vim.api.nvim_buf_get_lines(0, 1, 2, false)[1] })
  put_in()
  await('the suggestion in the text', function() return text() == wanted end)
end

local function open(name, typed)
  vim.cmd.edit(workspace .. '/' .. name)
  vim.api.nvim_buf_set_lines(0, 0, -1, false, { 'values = [1]', 'total = ' })
  vim.cmd('silent write')
  vim.o.virtualedit = 'onemore'
  vim.bo.autoindent, vim.bo.indentexpr = false, ''
  local command = vim.json.decode(vim.env.GIFTHORSE_TEST_CLIENT)
  vim.lsp.start({ name = 'assistant', cmd = command, root_dir = workspace })
  await('the server', function() return client() and client().initialized end)
  vim.api.nvim_win_set_cursor(0, { 2, 7 })
  vim.api.nvim_feedkeys('A' .. typed, 'tx', false)
end

local function main()
  for number, one in ipairs({ { 'taken.py', '' }, { 'typed.py', words }, { 'part.py', 'sum(one' } }) do
    open(one[1], one[2])
    if one[1] ~= 'typed.py' then
      take()
      await('a record', function() return told() == (number == 1 and 1 or 2) end)
    end
    vim.cmd('silent write')
  end
end

local ok, problem = xpcall(main, debug.traceback)
io.stdout:write('\n' .. vim.json.encode({ problem = not ok and problem or nil, done = true }) .. '\n')
vim.cmd('qall!')
