// Outside text in JAX-RS.
package shop;

import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;
import java.net.URI;
import java.sql.*;
import org.owasp.encoder.Encode;

@Path("/users")
public class RestPages {
    private Connection connection;

    @GET
    public Response find(@QueryParam("name") String name, @PathParam("number") int number) throws SQLException {
        Statement statement = connection.createStatement();
        statement.executeQuery("SELECT * FROM users WHERE id = " + number);
        statement.executeQuery("SELECT * FROM users WHERE name = '" + name + "'"); // expect: sql-injection
        PreparedStatement prepared = connection.prepareStatement("SELECT * FROM users WHERE name = ?");
        prepared.setString(1, name);
        return Response.ok("<h1>" + name + "</h1>").build(); // expect: unescaped-html
    }

    @GET
    @Path("/safe")
    public Response safe(@QueryParam("name") String name, @Context UriInfo info) {
        return Response.ok("<h1>" + Encode.forHtml(name) + "</h1>").build();
    }

    @POST
    public Response leave(@FormParam("next") String next) {
        return Response.seeOther(URI.create(next)).build(); // expect: open-redirect
    }
}
