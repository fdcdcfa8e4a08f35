package app

import java.security.MessageDigest
import java.security.SecureRandom
import java.util.Base64

/** Handlers in a table, settings in layers, lazily made parts: what hides things elsewhere, used honestly. */
class Registry(private val overrides: Map<String, Any> = emptyMap()) {
    private val defaults = mapOf("verify" to true, "algorithm" to "SHA-${128 * 2}")
    private val handlers = mutableMapOf<String, (String) -> String>()
    private val digest by lazy { MessageDigest.getInstance(setting("algorithm") as String) }
    private val random = SecureRandom()

    init {
        on("plain") { it }
        on("upper") { text -> text.uppercase() }
    }

    fun on(name: String, handler: (String) -> String) = apply { handlers[name] = handler }

    fun call(name: String, text: String): String = handlers[name]?.invoke(text) ?: error("no handler $name")

    fun setting(name: String): Any? = overrides[name] ?: defaults[name]

    fun token(): String {
        val bytes = ByteArray(32)
        random.nextBytes(bytes)
        return Base64.getUrlEncoder().encodeToString(bytes)
    }

    fun fingerprint(text: String): String =
        digest.digest(text.toByteArray()).joinToString("") { "%02x".format(it) }

    fun create(type: Class<out Part>): Part = type.getDeclaredConstructor().newInstance()

    fun names(): String = handlers.keys.sorted().joinToString(", ", prefix = "[", postfix = "]")

    interface Part {
        val name: String
    }
}
