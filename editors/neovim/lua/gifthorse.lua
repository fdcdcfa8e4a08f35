-- What a person, or an assistant's plugin, can tell Gifthorse, and the signs beside AI regions. The server decides.
local M = {}

local signs = vim.api.nvim_create_namespace('gifthorse')
local SHAPES = { unreviewed = '○', reopened = '◐', disputed = '!', approved = '✓' }
-- Solid: it was said, seen or recorded. Dashed: a copy of such text. Dotted: only possible.
local BARS = { copied = '╎', inferred = '┊' }
local GROUPS = {
  unreviewed = 'DiagnosticSignInfo',
  reopened = 'DiagnosticSignInfo',
  disputed = 'DiagnosticSignWarn',
  approved = 'DiagnosticSignOk',
}

local function client_of(buffer)
  local client = vim.lsp.get_clients({ name = 'gifthorse', bufnr = buffer })[1]
  if not client then
    vim.notify('gifthorse is not attached to this buffer', vim.log.levels.WARN)
  end
  return client
end

local function execute(buffer, command, argument)
  local client = client_of(buffer)
  if client then
    client:exec_cmd({ title = command, command = command, arguments = { argument } }, { bufnr = buffer })
  end
end

-- Whole lines first..last (1-based) as a range of the protocol; the last line's end is left to the server.
local function lines(first, last)
  return { start = { line = first - 1, character = 0 }, ['end'] = { line = last, character = 0 } }
end

local function ask(prompt, act)
  vim.ui.input({ prompt = prompt }, function(words)
    if words and vim.trim(words) ~= '' then
      act(vim.trim(words))
    end
  end)
end

--- Ask the server for a buffer's regions; `act` is called with the list.
function M.regions(buffer, act)
  local client = client_of(buffer)
  if client then
    local params = { textDocument = { uri = vim.uri_from_bufnr(buffer) } }
    client:request('gifthorse/regions', params, function(problem, result)
      act(problem and {} or result.regions)
    end, buffer)
  end
end

--- The regions that touch the cursor's line.
local function here(act)
  local buffer, line = vim.api.nvim_get_current_buf(), vim.api.nvim_win_get_cursor(0)[1] - 1
  M.regions(buffer, function(regions)
    local found = vim.tbl_filter(function(region)
      return vim.iter(region.ranges):any(function(range)
        return range.start.line <= line and line <= range['end'].line
      end)
    end, regions)
    if #found == 0 then
      vim.notify('there is no AI region on this line')
    else
      act(buffer, found)
    end
  end)
end

--- For assistants' plugins: text that was just inserted at `range` (as in the protocol), after the buffer was changed.
--- `origin` is { tool = ..., kind = 'inline-completion', model? = ..., session? = ... }.
function M.did_insert(buffer, range, origin)
  buffer = buffer == 0 and vim.api.nvim_get_current_buf() or buffer
  local client = client_of(buffer)
  if client then
    local document = { uri = vim.uri_from_bufnr(buffer), version = vim.lsp.util.buf_versions[buffer] }
    client:notify('gifthorse/didInsert', { textDocument = document, ranges = { range }, origin = origin, evidence = 'reported' })
  end
end

function M.mark_inserted(first, last, tool)
  local buffer = vim.api.nvim_get_current_buf()
  execute(buffer, 'gifthorse.markInserted', { uri = vim.uri_from_bufnr(buffer), range = lines(first, last), tool = tool })
end

function M.mark_human(first, last)
  local buffer = vim.api.nvim_get_current_buf()
  execute(buffer, 'gifthorse.markHuman', { uri = vim.uri_from_bufnr(buffer), range = lines(first, last) })
end

function M.approve()
  here(function(buffer, regions)
    local ids = vim.tbl_map(function(region) return region.id end, regions)
    execute(buffer, 'gifthorse.approve', { regions = ids })
  end)
end

function M.reject()
  here(function(buffer, regions)
    execute(buffer, 'gifthorse.reject', { region = regions[#regions].id })
  end)
end

function M.dispute(comment)
  here(function(buffer, regions)
    execute(buffer, 'gifthorse.dispute', { region = regions[#regions].id, comment = comment })
  end)
end

function M.rescan()
  execute(vim.api.nvim_get_current_buf(), 'gifthorse.rescan', {})
end

-- What the server leaves to this editor, because it can ask the person.
M.commands = {
  ['gifthorse.client.suppress'] = function(command, context)
    ask('Why is this right here? ', function(reason)
      execute(context.bufnr, 'gifthorse.suppress', vim.tbl_extend('error', command.arguments[1], { reason = reason }))
    end)
  end,
  ['gifthorse.client.dispute'] = function(command, context)
    ask('What is wrong with it? ', function(comment)
      execute(context.bufnr, 'gifthorse.dispute', vim.tbl_extend('error', command.arguments[1], { comment = comment }))
    end)
  end,
}

local function draw(buffer)
  M.regions(buffer, function(regions)
    if not vim.api.nvim_buf_is_loaded(buffer) then
      return
    end
    vim.api.nvim_buf_clear_namespace(buffer, signs, 0, -1)
    for _, region in ipairs(regions) do
      for place, range in ipairs(region.ranges) do
        local last = range['end'].character == 0 and range['end'].line - 1 or range['end'].line
        for line = range.start.line, math.max(range.start.line, last) do
          local head = place == 1 and line == range.start.line
          local sign = (head and SHAPES[region.standing] or ' ') .. (BARS[region.evidence] or '│')
          vim.api.nvim_buf_set_extmark(buffer, signs, line, 0, {
            sign_text = sign, sign_hl_group = GROUPS[region.standing], priority = 5, strict = false,
          })
        end
      end
    end
  end)
end

M.handlers = {
  ['gifthorse/regionsChanged'] = function(_, params)
    local buffer = vim.uri_to_bufnr(params.uri)
    if vim.lsp.get_clients({ name = 'gifthorse', bufnr = buffer })[1] then
      draw(buffer)
    end
  end,
  ['gifthorse/status'] = function(_, params)
    vim.g.gifthorse_unreviewed = params.unreviewed -- for a status line: %{get(g:, 'gifthorse_unreviewed', '')}
  end,
}

function M.on_attach(_, buffer)
  draw(buffer)
end

return M
