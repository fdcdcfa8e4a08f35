using System;
using System.Collections.Generic;
using static System.Math;
using Alias = Org.Tool.Danger;

namespace M
{
    // Every role of the language: a line with a finding is one that the evaluator has to understand.
    [Open(Origins = "all")] // expect: open
    public class Roles<T> : Base<T>, IDisposable
    {
        private const string Off = "o" + "ff";
        private readonly Danger _danger = new Danger("off"), _more = new Danger(); // expect: made
        private readonly Dictionary<string, string> _modes = new Dictionary<string, string> { ["a"] = "off" };
        private readonly string _mode;
        private Danger _later;

        public string Name { get; set; } = "off";
        public string Arrow => "off";

        public string Full
        {
            get { Danger.Run("off"); return _mode; } // expect: run
            set => Danger.Run("off"); // expect: run
        }

        public Roles(string mode) : base(mode)
        {
            _mode = mode;
            _later = new Danger { Verify = false }; // expect: off
        }

        [Open("all")] // expect: open
        public async Task<string> Calls([Given] string name, int n = 3, params Danger[] many)
        {
            Danger.Run(Off); // expect: run
            Danger.Run(Name); // expect: run
            Danger.Run(this.Arrow); // expect: run
            Danger.Run(_modes["a"]); // expect: run
            Danger.Run($"a {name}"); // expect: run
            Danger.Run(@"off"); // expect: run
            Danger.Run("a" + name); // expect: run
            Danger.Run(text: "on");
            _danger.Run(string.Format("a {0}", name)); // expect: run
            _later.Run("off"); // expect: run
            _later?.Run("off"); // expect: run
            _later!.Run("off"); // expect: run
            many[0].Run("on");
            new Danger("on").Run(("off")); // expect: run
            new Danger(mode: "off"); // expect: made
            new Danger() { Mode = "off" }; // expect: made
            global::M.Danger.Run("off");
            await Danger.Run("off"); // expect: run
            Action r = () => Danger.Run("off"); // expect: run
            Action<string> h = delegate (string s) { Danger.Run("a" + s); }; // expect: run
            Func<string, object> f = Danger.Run;
            f("off"); // expect: run
            string Local(string s) => s + "f";
            Danger.Run(Local("of")); // expect: run
            return name;
        }

        void Flow(List<Danger> all, object given, int n)
        {
            var text = n > 1 ? "off" : "on";
            Danger.Run(text); // expect: run
            if (given is Danger d && n > 2)
            {
                d.Run("off"); // expect: run
            }
            else if (n == 3)
            {
                ((Danger)given).Run("off"); // expect: run
                (given as Danger).Run("off"); // expect: run
            }
            else
            {
                Danger.Run("on");
            }
            foreach (Danger one in all) one.Run("off"); // expect: run
            for (int i = 0, j = 1; i < n; i++)
            {
                Danger.Run("off"); // expect: run
            }
            while (n > 0) { Danger.Run("off"); n--; } // expect: run
            do { Danger.Run("off"); } while (n < 3); // expect: run
            switch (n)
            {
                case 1:
                case 2:
                    text = "on";
                    break;
                default:
                    Danger.Run("off"); // expect: run
                    break;
            }
            var chosen = n switch { 1 => "off", _ => "off" };
            Danger.Run(chosen); // expect: run
            try
            {
                Danger.Run("off"); // expect: run
            }
            catch (Exception e) when (e.Message != null)
            {
                Danger.Run("off"); // expect: run
            }
            finally
            {
                Danger.Run("off"); // expect: run
            }
            using (var a = new Danger())
            {
                a.Run("off"); // expect: run
            }
            using var b = new Danger();
            b.Run("off"); // expect: run
            lock (given) { text += "x"; }
            var (p, q) = ("on", "off");
            Danger.Run(q); // expect: run
            var queried = from one in all where one.Ok select Danger.Run("off"); // expect: run
            string missing = null;
            Danger.Run(missing ?? "off"); // expect: run
            if (n > 9) throw new InvalidOperationException("n");
            given.Verify = n > 3 == true && false; // expect: off
        }

        public static string Helper(string text) { return Helper(text, "f"); }

        public static string Helper(string text, string end) => text + end;

        public void Dispose()
        {
            Danger.Run(Helper("of")); // expect: run
            Danger.Run(new Pair("off", 1).Name); // expect: run
        }

        public record Pair(string Name, int Value);

        public enum Kind { First = 1, Second }

        public struct Part
        {
            public void Go() { Danger.Run("off"); } // expect: run
        }

        public interface IInner
        {
            void Go() { Danger.Run("off"); } // expect: run
        }
    }
}
