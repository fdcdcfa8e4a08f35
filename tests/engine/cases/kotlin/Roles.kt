package m

import java.util.HashMap
import org.tool.Danger
import org.tool.Open
import org.tool.Danger as Alias

// Every role of the language: a line with a finding is one that the evaluator has to understand.
const val OFF = "o" + "ff"

@Open(origins = "all") // expect: open
class Roles<T>(private val mode: String, val given: Danger = Danger()) : Base<T>(mode), Runnable {
    private val danger: Danger = Danger("off") // expect: made
    private val modes = mutableMapOf("a" to "off")
    lateinit var other: Danger
    private val lazily by lazy { Danger() }

    var level = 0
        get() = field
        set(value) {
            Danger.run("off") // expect: run
            field = value
        }

    init {
        Danger.run("off") // expect: run
    }

    constructor(text: String, n: Int) : this(text) {
        Danger.run("a$text") // expect: run
    }

    companion object {
        const val NAME = "off"

        fun make(): Danger = Danger("on")
    }

    @Open("all") // expect: open
    fun calls(name: String, n: Int, vararg many: Danger, end: String = "off"): String {
        Danger.run(OFF) // expect: run
        Alias.run(NAME) // expect: run
        Danger.run(modes["a"]) // expect: run
        Danger.run("a $name") // expect: run
        Danger.run("a ${name.trim()}") // expect: run
        Danger.run("""off""") // expect: run
        this.danger.run("off") // expect: run
        given.run("off") // expect: run
        other?.run("off") // expect: run
        other!!.run("off") // expect: run
        Danger(mode = "off") // expect: made
        val f = { text: String -> Danger.run("a" + text) } // expect: run
        f("off")
        val g = Danger::run
        g("off") // expect: run
        listOf("off").forEach { Danger.run(it) } // expect: run
        val made = object : Runnable {
            override fun run() {
                Danger.run("off") // expect: run
            }
        }
        Danger().apply { verify = false } // expect: off
        return name
    }

    fun flow(all: List<Danger>, any: Any, n: Int) {
        val text = if (n > 1) "off" else "on"
        Danger.run(text) // expect: run
        val chosen = when (n) {
            1, 2 -> "off"
            else -> {
                "off"
            }
        }
        Danger.run(chosen) // expect: run
        when {
            n > 3 -> Danger.run("off") // expect: run
            else -> Danger.run("on")
        }
        (any as Danger).run("off") // expect: run
        val (a, b) = listOf("on", "off")
        Danger.run(b) // expect: run
        for (one in listOf("off")) {
            Danger.run(one) // expect: run
        }
        while (n > 0) {
            Danger.run("off") // expect: run
        }
        do {
            Danger.run("off") // expect: run
        } while (n < 3)
        try {
            Danger.run("off") // expect: run
        } catch (e: IllegalStateException) {
            Danger.run("off") // expect: run
        } finally {
            Danger.run("off") // expect: run
        }
        val given = text ?: "on"
        var sum = "o"
        sum += "ff"
        Danger.run(sum) // expect: run
        if (n > 9) {
            throw IllegalStateException("n")
        }
        danger.verify = !true // expect: off
    }

    private fun helper(text: String, end: String = "f") = text + end

    override fun run() {
        Danger.run(helper("of")) // expect: run
        Danger.run(Pair("off", 1).name) // expect: run
        Danger.run(Single.name) // expect: run
    }

    data class Pair(val name: String, val value: Int)
}

object Single {
    val name = "off"
}

enum class Kind(val text: String) {
    FIRST("a"),
    SECOND("b");

    fun go() {
        Danger.run("off") // expect: run
    }
}

interface Inner {
    fun go() {
        Danger.run("off") // expect: run
    }
}

fun Danger.extended(text: String) = Danger.run("a" + text) // expect: run
