// Outside text in Ktor.
package shop

import io.ktor.http.*
import io.ktor.server.application.*
import io.ktor.server.request.*
import io.ktor.server.response.*
import io.ktor.server.routing.*
import io.ktor.util.*
import java.io.File
import java.sql.Connection

fun Application.module(connection: Connection) {
    routing {
        get("/hello/{name}") {
            val name = call.parameters["name"]
            call.respondText("<h1>$name</h1>", ContentType.Text.Html) // expect: unescaped-html
            call.respondText("<h1>${name!!.escapeHTML()}</h1>", ContentType.Text.Html)
            call.respondText("hello $name")
        }
        post("/run") {
            val form = call.receiveParameters()
            Runtime.getRuntime().exec("sh -c " + form["command"]) // expect: shell-injection
            call.respondRedirect(call.request.queryParameters["next"]!!) // expect: open-redirect
        }
        get("/users") {
            val limit = call.request.queryParameters["limit"]!!.toInt()
            connection.createStatement().executeQuery("SELECT * FROM users LIMIT $limit")
            val order = call.request.queryParameters["order"]
            if (order !in listOf("name", "age")) return@get
            connection.createStatement().executeQuery("SELECT * FROM users ORDER BY $order")
            val search = call.request.queryParameters["search"]
            connection.createStatement().executeQuery("SELECT * FROM users WHERE name = '$search'") // expect: sql-injection
        }
        get("/file") {
            File("/srv/" + call.parameters["file"]).readText() // expect: path-from-request
        }
    }
}
