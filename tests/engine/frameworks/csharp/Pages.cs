// Outside text in ASP.NET Core.
using System.Diagnostics;
using System.IO;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Data.SqlClient;

[ApiController]
[Route("users")]
public class UsersController : Controller
{
    private readonly SqlConnection connection;

    [HttpGet]
    public IActionResult Find([FromQuery] string name, [FromQuery] int limit)
    {
        var command = new SqlCommand("SELECT * FROM users WHERE name = '" + name + "'", connection); // expect: sql-injection
        var other = new SqlCommand("SELECT TOP " + limit + " * FROM users", connection);
        var safe = new SqlCommand("SELECT * FROM users WHERE name = @name", connection);
        safe.Parameters.AddWithValue("@name", name);
        return Content($"<h1>{name}</h1>", "text/html"); // expect: unescaped-html
    }

    [HttpGet("safe")]
    public IActionResult Safe(string name)
    {
        return Content($"<h1>{HtmlEncoder.Default.Encode(name)}</h1>", "text/html");
    }

    [HttpPost("leave")]
    public IActionResult Leave([FromForm] string next)
    {
        if (Url.IsLocalUrl(next))
        {
            return Redirect(next);
        }
        return Redirect(Request.Query["next"]); // expect: open-redirect
    }

    [HttpPost("run")]
    public void Run()
    {
        Process.Start("cmd.exe", "/c " + Request.Form["command"]); // expect: shell-injection
        System.IO.File.ReadAllText("/srv/" + Request.Headers["X-File"]); // expect: path-from-request
        System.IO.File.ReadAllText("/srv/" + Path.GetFileName(Request.Headers["X-File"]));
    }
}
