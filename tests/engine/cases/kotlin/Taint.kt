package m

import org.tool.Danger
import org.web.Given
import org.web.Request
import org.web.Route
import org.web.View
import org.web.Web

class Taint(private val danger: Danger) : View() {
    fun calls(@Given text: String, @Given count: Int, other: String, request: Request): String {
        danger.start(text) // expect: to-shell
        danger.start("a $text") // expect: to-shell
        danger.start("a ${text.trim()}") // expect: to-shell
        danger.start("a $count")
        danger.start(other)
        danger.start(request.read()) // expect: to-shell
        danger.start(Web.quote(text))
        danger.start("a ${text.toInt()}")
        val held = mutableMapOf("a" to text)
        danger.start(held["a"]) // expect: to-shell
        listOf(text).forEach { danger.start(it) } // expect: to-shell
        text.let { danger.start(it) } // expect: to-shell
        danger.start(same(text)) // expect: to-shell
        danger.start(Box(text).held) // expect: to-shell
        val chosen = if (count > 1) text else "a"
        danger.start(chosen) // expect: to-shell
        danger.start(text ?: "a") // expect: to-shell
        page().html = text // expect: to-html
        return text
    }

    @Route
    fun routed(text: String, number: Int) {
        danger.start(text) // expect: to-shell
        danger.start("a$number")
        if (!Web.isSafe(text)) {
            return
        }
        danger.start(text)
    }

    override fun get(text: String) {
        danger.start(text) // expect: to-shell
    }

    private fun same(text: String): String = text

    class Box(val held: String)
}
