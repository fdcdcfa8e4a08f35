// Outside text in Spring.
package shop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.util.HtmlUtils;

@RestController
@RequestMapping("/users")
public class SpringPages {
    private final JdbcTemplate template;

    public SpringPages(JdbcTemplate template) {
        this.template = template;
    }

    @GetMapping
    public List<String> find(@RequestParam String name, @RequestParam int limit) {
        template.queryForList("SELECT name FROM users WHERE name = ?", String.class, name);
        template.queryForList("SELECT name FROM users LIMIT " + limit, String.class);
        return template.queryForList("SELECT name FROM users WHERE name = '" + name + "'", String.class); // expect: sql-injection
    }

    @GetMapping("/page/{title}")
    public ResponseEntity<String> page(@PathVariable String title) {
        if (title.isEmpty()) {
            return ResponseEntity.ok("<h1>" + HtmlUtils.htmlEscape(title) + "</h1>");
        }
        return ResponseEntity.ok("<h1>" + title + "</h1>"); // expect: unescaped-html
    }

    @PostMapping("/run")
    public String run(@RequestBody Job job, @RequestHeader("X-Next") String next) throws IOException {
        Runtime.getRuntime().exec("sh -c " + job.getCommand()); // expect: shell-injection
        return "redirect:" + next; // expect: open-redirect
    }

    @GetMapping("/file")
    public byte[] file(@RequestParam("name") String name) throws IOException {
        if (name.contains("..")) {
            throw new IllegalArgumentException(name);
        }
        return Files.readAllBytes(Paths.get("/srv/" + name));
    }
}
