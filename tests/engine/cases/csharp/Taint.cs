using System.Collections.Generic;
using System.Text;

namespace M;

public class Taint : View
{
    private readonly Danger _danger;
    private string _kept;

    public string Calls([Given] string text, [Given] int count, string other, Request request)
    {
        _danger.Start(text); // expect: to-shell
        _danger.Start("a " + text); // expect: to-shell
        _danger.Start($"a {text}"); // expect: to-shell
        _danger.Start(string.Format("a {0}", text)); // expect: to-shell
        _danger.Start("a " + count);
        _danger.Start(other);
        _danger.Start(request.Read()); // expect: to-shell
        _danger.Start(text.Trim()); // expect: to-shell
        _danger.Start(Web.Quote(text));
        _danger.Start("a " + int.Parse(text));
        var built = new StringBuilder("a ");
        built.Append(text);
        _danger.Start(built.ToString()); // expect: to-shell
        var held = new Dictionary<string, string> { ["a"] = text };
        _danger.Start(held["a"]); // expect: to-shell
        foreach (var one in new[] { text }) _danger.Start(one); // expect: to-shell
        _danger.Start(Same(text)); // expect: to-shell
        _danger.Start(new Box { Held = text }.Held); // expect: to-shell
        var chosen = count > 1 ? text : "a";
        _danger.Start(chosen); // expect: to-shell
        Page().Html = text; // expect: to-html
        return text;
    }

    [Route]
    public void Routed(string text, int number)
    {
        _danger.Start(text); // expect: to-shell
        _danger.Start("a" + number);
        if (!Web.IsSafe(text)) return;
        _danger.Start(text);
    }

    public override void Get(string text)
    {
        _danger.Start(text); // expect: to-shell
    }

    private static string Same(string text) => text;

    public class Box
    {
        public string Held { get; set; }
    }
}
