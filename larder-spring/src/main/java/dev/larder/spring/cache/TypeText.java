package dev.larder.spring.cache;

import dev.larder.ConfigurationException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/** Reads a type as written in Java: {@code java.util.List<com.acme.Album>}. */
final class TypeText {

  private final String text;
  private final String property;
  private final @Nullable ClassLoader loader;
  private int at;

  private TypeText(String property, String text, @Nullable ClassLoader loader) {
    this.property = property;
    this.text = text.replace(" ", "");
    this.loader = loader;
  }

  /**
   * The type.
   *
   * @param property named in messages
   * @throws ConfigurationException if the text is no type, or a class of it is missing
   */
  static Type read(String property, String text, @Nullable ClassLoader loader) {
    TypeText reader = new TypeText(property, text, loader);
    Type type = reader.type().getType();
    if (reader.at != reader.text.length()) {
      throw reader.fault("nothing is expected after character " + reader.at);
    }
    return type;
  }

  private ResolvableType type() {
    int start = at;
    while (at < text.length() && "<>,".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    Class<?> raw = load(text.substring(start, at));
    if (at == text.length() || text.charAt(at) != '<') {
      return ResolvableType.forClass(raw);
    }
    List<ResolvableType> arguments = new ArrayList<>();
    do {
      at++;
      arguments.add(type());
    } while (at < text.length() && text.charAt(at) == ',');
    if (at == text.length() || text.charAt(at) != '>') {
      throw fault("a '>' is missing");
    }
    at++;
    if (raw.getTypeParameters().length != arguments.size()) {
      throw fault(raw.getName() + " has " + raw.getTypeParameters().length + " type parameters");
    }
    return ResolvableType.forClassWithGenerics(raw, arguments.toArray(ResolvableType[]::new));
  }

  private Class<?> load(String name) {
    try {
      return ClassUtils.resolvePrimitiveIfNecessary(ClassUtils.forName(name, loader));
    } catch (ClassNotFoundException | LinkageError | IllegalArgumentException missing) {
      throw fault("there is no class \"" + name + "\"");
    }
  }

  private ConfigurationException fault(String why) {
    return new ConfigurationException(property + "=" + text
        + " is no type of Java, such as java.util.List<com.acme.Album>: " + why);
  }
}
