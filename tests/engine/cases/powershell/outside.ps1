# What arrives with a request, and what makes it harmless.
$name = $context.Request.QueryString["name"]
Get-Content -Path "files\$name"  # expect: path-from-request
Get-Content -Path "files\$([IO.Path]::GetFileName($name))"
Write-EventLog -LogName App -Source Web -EventId 1 -Message "login of $name"  # expect: log-injection
$clean = $name -replace '[\r\n]', '_'
Write-EventLog -LogName App -Source Web -EventId 1 -Message "login of $clean"
$context.Response.Redirect($name)  # expect: open-redirect
$bytes = [Text.Encoding]::UTF8.GetBytes("<p>$name</p>")  # expect: unescaped-html
$bytes = [Text.Encoding]::UTF8.GetBytes("<p>$([Net.WebUtility]::HtmlEncode($name))</p>")
