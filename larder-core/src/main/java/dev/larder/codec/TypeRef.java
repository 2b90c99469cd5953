package dev.larder.codec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * Names a type, generic ones included: {@code new TypeRef<List<Album>>() {}}.
 *
 * @param <V> the type named
 */
public abstract class TypeRef<V> {

  private final Type type;

  /** For anonymous subclasses, which carry their type argument. */
  protected TypeRef() {
    Type superclass = getClass().getGenericSuperclass();
    if (!(superclass instanceof ParameterizedType parameterized)) {
      throw new IllegalArgumentException("TypeRef needs a type argument, as in TypeRef<List<X>>");
    }
    this.type = parameterized.getActualTypeArguments()[0];
  }

  private TypeRef(Type type) {
    this.type = type;
  }

  /** Names a plain class. */
  public static <V> TypeRef<V> of(Class<V> type) {
    return new Plain<>(type);
  }

  /** Names a reflected type, such as a method's return type. The caller vouches for {@code V}. */
  public static <V> TypeRef<V> of(Type type) {
    return new Plain<>(type);
  }

  /** The type. */
  public final Type type() {
    return type;
  }

  @Override
  public final String toString() {
    return type.getTypeName();
  }

  private static final class Plain<V> extends TypeRef<V> {
    Plain(Type type) {
      super(type);
    }
  }
}
