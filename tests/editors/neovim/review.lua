-- The main job in Neovim: diagnostics, fix, an insertion that is marked, approved and rejected, one that a plugin reports.
-- Prints one JSON object with what was seen. Every wait ends with what it waits for, or with an error that names it.
local seen = {}
local workspace = vim.env.GIFTHORSE_TEST_WORKSPACE

local function finish(problem)
  seen.problem = problem
  io.stdout:write('\n' .. vim.json.encode(seen) .. '\n')
  vim.cmd('qall!')
end

local function await(what, check)
  if not vim.wait(20000, check, 10) then
    error('waited in vain for ' .. what)
  end
end

local function text() return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n') end

local function rules()
  local codes = vim.tbl_map(function(one) return one.code end, vim.diagnostic.get(0))
  table.sort(codes)
  return codes
end

local function has(rule) return vim.tbl_contains(rules(), rule) end

local function regions()
  local found
  require('gifthorse').regions(0, function(list) found = list end)
  await('an answer about regions', function() return found end)
  return found
end

local function await_regions(what, check)
  local found
  await(what, function()
    found = regions()
    return check(found)
  end)
  return found
end

local function signs()
  local marks = vim.api.nvim_buf_get_extmarks(0, vim.api.nvim_create_namespace('gifthorse'), 0, -1, { details = true })
  return vim.tbl_map(function(mark) return vim.trim(mark[4].sign_text) end, marks)
end

local function apply(title)
  local applied = false
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      applied = applied or action.title:find(title, 1, true) ~= nil
      return action.title:find(title, 1, true) ~= nil
    end,
  })
  await('the action ' .. title, function() return applied end)
end

local function severity(rule)
  for _, one in ipairs(vim.diagnostic.get(0)) do
    if one.code == rule then return one.severity end
  end
end

local function main()
  vim.lsp.config('gifthorse', { cmd = { vim.env.GIFTHORSE_TEST_SERVER, 'lsp' } })
  vim.lsp.enable('gifthorse')
  vim.cmd.edit(workspace .. '/app.py')
  await('the server', function() return vim.lsp.get_clients({ name = 'gifthorse', bufnr = 0 })[1] end)
  await('tls-verify-off', function() return has('tls-verify-off') end)
  seen.rules, seen.severity_unknown = rules(), severity('tls-verify-off')

  vim.api.nvim_win_set_cursor(0, { 4, 20 })
  seen.before = text()
  vim.cmd('4GifthorseMarkInserted copilot')
  local marked = await_regions('the marked region', function(found) return #found == 1 end)[1]
  seen.tool, seen.evidence, seen.standing = marked.origin.tool, marked.evidence, marked.standing
  await('the louder finding', function() return severity('tls-verify-off') == vim.diagnostic.severity.ERROR end)
  await('its sign', function() return vim.deep_equal(signs(), { '○│' }) end)
  vim.cmd('GifthorseApprove')
  await_regions('the approval', function(found) return found[1].standing == 'approved' end)
  await('its new sign', function() return vim.deep_equal(signs(), { '✓│' }) end)

  apply(vim.env.GIFTHORSE_TEST_FIX)
  await('the end of tls-verify-off', function() return not has('tls-verify-off') end)
  seen.fixed = text()
  seen.after_fix = regions()[1].standing

  local added = { '', '', 'def run(command):', '    return eval(command)' }
  local last = vim.api.nvim_buf_line_count(0)
  seen.before_insert = text()
  vim.api.nvim_buf_set_lines(0, last, last, false, added)
  local range = { start = { line = last, character = 0 }, ['end'] = { line = last + #added, character = 0 } }
  require('gifthorse').did_insert(0, range, { tool = 'a-plugin', kind = 'inline-completion' })
  await_regions('the reported region', function(found) return #found == 2 end)
  await('a bar beside each of its lines', function() return vim.deep_equal(vim.list_slice(signs(), 2), { '○│', '│', '│', '│' }) end)
  vim.api.nvim_win_set_cursor(0, { last + 3, 0 })
  vim.cmd('GifthorseReject')
  await('the rejection', function() return text() == seen.before_insert end)
  await_regions('one region fewer', function(found) return #found == 1 end)

  vim.cmd('silent write')
  seen.saved = table.concat(vim.fn.readfile(workspace .. '/app.py'), '\n')
end

local ok, problem = xpcall(main, debug.traceback)
finish(not ok and problem or nil)
