package dev.larder.key;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/**
 * Records: their components in order. As a whole key they are a tuple of parts; inside a part they
 * read {@code ~com.acme.Point(1,2)}, class included, since records of two classes are never equal.
 */
final class RecordForm implements PartForm {

  private static final MethodType READ = MethodType.methodType(Object.class, Object.class);

  private final String type;
  private final String open;
  private final String[] names;
  private final MethodHandle[] readers;

  private RecordForm(String type, String[] names, MethodHandle[] readers) {
    this.type = type;
    StringBuilder text = new StringBuilder("~");
    KeyText.escaped(text, type);
    this.open = text.append('(').toString();
    this.names = names;
    this.readers = readers;
  }

  static PartForm of(Class<?> type) {
    if (type.isHidden()) {
      return new Refusal(Refusals.reason(type));
    }
    RecordComponent[] components = type.getRecordComponents();
    String[] names = new String[components.length];
    MethodHandle[] readers = new MethodHandle[components.length];
    for (int i = 0; i < components.length; i++) {
      Method accessor = components[i].getAccessor();
      names[i] = components[i].getName();
      try {
        accessor.setAccessible(true);
        readers[i] = MethodHandles.lookup().unreflect(accessor).asType(READ);
      } catch (InaccessibleObjectException | IllegalAccessException e) {
        return new Refusal(type.getName()
            + " cannot be read: open its package to dev.larder, or make the record public and"
            + " export it");
      }
    }
    return new RecordForm(type.getName(), names, readers);
  }

  /** The record's class name. */
  String type() {
    return type;
  }

  int size() {
    return readers.length;
  }

  /** Appends one component. */
  void component(StringBuilder out, Object part, int index, int depth) {
    Object value = read(part, index);
    try {
      PartForm.append(out, value, depth);
    } catch (UnstablePart e) {
      throw e.within("component " + names[index] + " of " + type);
    }
  }

  private @Nullable Object read(Object part, int index) {
    try {
      return (Object) readers[index].invokeExact(part);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("accessor " + names[index] + " of " + type + " failed", e);
    }
  }

  @Override
  public void write(StringBuilder out, Object part, int depth) {
    int inner = Brackets.deeper(depth);
    out.append(open);
    for (int i = 0; i < readers.length; i++) {
      if (i > 0) {
        out.append(',');
      }
      component(out, part, i, inner);
    }
    out.append(')');
  }
}
