package m;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tool.Danger;
import org.web.*;

public class Taint extends View {
    private final Danger danger = new Danger();
    private String kept;

    public String calls(@Given String text, @Given int count, String other, Request request) {
        danger.start(text); // expect: to-shell
        danger.start("a " + text); // expect: to-shell
        danger.start(String.format("a %s", text)); // expect: to-shell
        danger.start(String.format("a %d", count));
        danger.start(other);
        danger.start("" + count);
        danger.start(request.read()); // expect: to-shell
        danger.start(text.trim().toLowerCase()); // expect: to-shell
        danger.start(Web.quote(text));
        danger.start("" + Integer.parseInt(text));
        StringBuilder built = new StringBuilder("a ");
        built.append(text);
        danger.start(built.toString()); // expect: to-shell
        Map<String, String> held = new HashMap<>();
        held.put("a", text);
        danger.start(held.get("a")); // expect: to-shell
        String[] parts = {"a", text};
        danger.start(parts[1]); // expect: to-shell
        for (String one : List.of(text)) {
            danger.start(one); // expect: to-shell
        }
        danger.start(same(text)); // expect: to-shell
        danger.start(new Box(text).held); // expect: to-shell
        String chosen = count > 1 ? text : "a";
        danger.start(chosen); // expect: to-shell
        page().html = text; // expect: to-html
        return text;
    }

    @Route
    public void routed(String text, int number) {
        danger.start(text); // expect: to-shell
        danger.start("a" + number);
        if (!Web.isSafe(text)) {
            return;
        }
        danger.start(text);
    }

    public void switched(@Given String text) {
        if (text.equals("go")) {
            run(text);
        }
        try {
            kept = text;
        } finally {
            danger.start(kept); // expect: to-shell
        }
        Runnable later = () -> danger.start(text); // expect: to-shell
        later.run();
    }

    @Override
    public void get(String text) {
        danger.start(text); // expect: to-shell
    }

    private void run(String text) {
        danger.start(text); // expect: to-shell
    }

    private static String same(String text) {
        return text;
    }

    static class Box {
        final String held;

        Box(String held) {
            this.held = held;
        }
    }
}
