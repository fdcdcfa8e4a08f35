package m;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tool.*;

// Every role of the language: a line with a finding is one that the evaluator has to understand.
@Open(origins = "all") // expect: open
public class Roles<T> extends Base<T> implements Runnable, AutoCloseable {
    private static final String OFF = "o" + "ff";
    private static final Map<String, String> MODES = new HashMap<>();
    private final Danger danger = new Danger("off"); // expect: made
    private final String mode;
    private Danger later, other;

    static {
        MODES.put("a", "off");
    }

    {
        danger.run("off"); // expect: run
    }

    public Roles() {
        this("on");
    }

    public Roles(String mode) {
        this.mode = mode;
        later = new Danger();
        later.verify = false; // expect: off
    }

    @Open("all") // expect: open
    public String calls(String name, int n, Danger... many) throws Exception {
        Danger.run(OFF); // expect: run
        Danger.run(MODES.get("a")); // expect: run
        Danger.run(this.mode);
        Danger.run("a" + name); // expect: run
        this.danger.run(String.format("a %s", name)); // expect: run
        other.run("off"); // expect: run
        many[0].run("on");
        new Danger("on").run(("off")); // expect: run
        org.tool.Danger.run("off"); // expect: run
        Runnable r = () -> Danger.run("off"); // expect: run
        Function<String, Object> f = Danger::run;
        f.apply("off"); // expect: run
        Function<String, Object> g = (String s) -> { return Danger.run("a" + s); }; // expect: run
        Object made = new Danger("on") {
            @Override
            public void run(String text) {
                Danger.run("off"); // expect: run
            }
        };
        return name;
    }

    void flow(List<Danger> all, Object given, int n) {
        int[] counts = {1, 2}, more = new int[3];
        String text = n > 1 ? "off" : "on";
        Danger.run(text); // expect: run
        if (given instanceof Danger d && n > 2) {
            d.run("off"); // expect: run
        } else if (n == 3) {
            ((Danger) given).run("off"); // expect: run
        } else {
            Danger.run("on");
        }
        for (Danger one : all) {
            one.run("off"); // expect: run
        }
        for (int i = 0, j = 1; i < counts.length; i++) {
            Danger.run("off"); // expect: run
        }
        while (n > 0) {
            Danger.run("off"); // expect: run
            n--;
        }
        do {
            Danger.run("off"); // expect: run
        } while (n < 3);
        switch (n) {
            case 1:
            case 2:
                text = "on";
                break;
            default:
                Danger.run("off"); // expect: run
        }
        String chosen = switch (n) {
            case 1, 2 -> "off";
            case 3 -> {
                yield "off";
            }
            default -> "off";
        };
        Danger.run(chosen); // expect: run
        try (Danger d = open(); Danger e = open()) {
            d.run("off"); // expect: run
        } catch (IllegalStateException | IllegalArgumentException e) {
            Danger.run("off"); // expect: run
        } finally {
            Danger.run("off"); // expect: run
        }
        synchronized (this) {
            text += "x";
        }
        label:
        for (;;) {
            Danger.run("off"); // expect: run
            break label;
        }
        assert n > 1 : "n";
        if (n > 9) {
            throw new IllegalStateException("n");
        }
        given.verify = n > 3 == true && false; // expect: off
    }

    String helper(String text) {
        return helper(text, "f");
    }

    String helper(String text, String end) {
        return text + end;
    }

    @Override
    public void run() {
        Danger.run(helper("of")); // expect: run
        Danger.run(new Pair("off", 1).name()); // expect: run
        Danger.run(Kind.FIRST.name());
    }

    record Pair(String name, int value) {
        Pair {
            Danger.run("off"); // expect: run
        }
    }

    enum Kind {
        FIRST("a") {
            void go() {
                Danger.run("off"); // expect: run
            }
        },
        SECOND("b");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    interface Inner {
        String NAME = "off";

        default void go() {
            Danger.run(NAME); // expect: run
        }
    }

    @interface Note {
        String value() default "off";
    }
}
