-- The commands that a person types. Marking works on lines: `:'<,'>GifthorseMarkInserted copilot`.
local function command(name, options, run)
  vim.api.nvim_create_user_command('Gifthorse' .. name, run, options)
end

command('MarkInserted', { range = true, nargs = '?', desc = 'These lines came from an assistant' }, function(given)
  require('gifthorse').mark_inserted(given.line1, given.line2, given.args ~= '' and given.args or nil)
end)
command('MarkHuman', { range = true, desc = 'A person wrote these lines' }, function(given)
  require('gifthorse').mark_human(given.line1, given.line2)
end)
command('Approve', { desc = 'The AI region on this line is reviewed' }, function() require('gifthorse').approve() end)
command('Reject', { desc = 'Take the AI region on this line out again' }, function() require('gifthorse').reject() end)
command('Dispute', { nargs = '+', desc = 'Object to the AI region on this line' }, function(given)
  require('gifthorse').dispute(given.args)
end)
command('Rescan', { desc = 'Scan the workspace again' }, function() require('gifthorse').rescan() end)
