package app;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.function.Supplier;

/** Plugins by name, settings in layers, handlers in a table: what hides things elsewhere, used honestly. */
public final class Plugins {
    private static final Map<String, Supplier<Codec>> CODECS = new HashMap<>();
    private static final List<String> KNOWN = List.of("app.codec.Plain", "app.codec.Base");
    private final Map<String, Object> settings = new HashMap<>();
    private final SecureRandom random = new SecureRandom();

    static {
        CODECS.put("plain", () -> text -> text);
        CODECS.put("base64", () -> text -> Base64.getEncoder().encodeToString(text.getBytes()));
    }

    public Plugins(Map<String, Object> given) {
        settings.put("verify", true);
        settings.put("algorithm", "SHA-" + 256);
        settings.putAll(given);
    }

    public Codec load(int number) throws ReflectiveOperationException {
        Class<?> type = Class.forName(KNOWN.get(number));
        return (Codec) type.getDeclaredConstructor().newInstance();
    }

    public List<Codec> all() {
        return ServiceLoader.load(Codec.class).stream().map(ServiceLoader.Provider::get).toList();
    }

    public Object read(Object bean, String property) throws ReflectiveOperationException {
        String getter = "get" + Character.toUpperCase(property.charAt(0)) + property.substring(1);
        Method method = bean.getClass().getMethod(getter);
        return method.invoke(bean);
    }

    public String token() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public String describe(String name) {
        StringBuilder text = new StringBuilder();
        for (String part : name.split("-")) {
            text.append(part.substring(0, 1).toUpperCase()).append(part.substring(1));
        }
        return text.toString();
    }

    public Path cache(String name) {
        Function<String, String> clean = given -> given.replaceAll("[^a-z0-9]", "_");
        return Path.of("cache").resolve(clean.apply(name));
    }

    /** Turns a text into another. */
    public interface Codec {
        String apply(String text);
    }
}
