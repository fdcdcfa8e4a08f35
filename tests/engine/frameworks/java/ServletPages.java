// Outside text in servlets.
package shop;

import java.io.*;
import java.util.Set;
import javax.servlet.http.*;
import org.apache.commons.text.StringEscapeUtils;

public class ServletPages extends HttpServlet {
    private static final Set<String> KNOWN = Set.of("/start", "/end");

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = request.getParameter("name");
        response.getWriter().println("<h1>" + name + "</h1>"); // expect: unescaped-html
        response.getWriter().println("<h1>" + StringEscapeUtils.escapeHtml4(name) + "</h1>");
        new FileInputStream("/srv/" + request.getHeader("X-File")); // expect: path-from-request
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String next = request.getParameter("next");
        if (KNOWN.contains(next)) {
            response.sendRedirect(next);
            return;
        }
        response.sendRedirect(next); // expect: open-redirect
    }
}
