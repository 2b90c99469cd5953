package dev.larder.hibernate.junit;

import dev.larder.ConfigurationException;
import dev.larder.hibernate.UncoveredWrites;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Carries out {@link EveryWriteIsCovered}. */
final class CoverageExtension implements BeforeTestExecutionCallback, AfterTestExecutionCallback {

  /** For JUnit. */
  CoverageExtension() {}

  @Override
  public void beforeTestExecution(ExtensionContext context) {
    writes(context).reset();
  }

  /** Right after the test, before anything of it is closed. */
  @Override
  public void afterTestExecution(ExtensionContext context) {
    UncoveredWrites writes = writes(context);
    if (context.getExecutionException().isEmpty()) {
      writes.assertNone();
    }
  }

  private static UncoveredWrites writes(ExtensionContext context) {
    for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
      UncoveredWrites found = field(instance);
      if (found != null) {
        return found;
      }
    }
    throw new ConfigurationException("@EveryWriteIsCovered on "
        + context.getRequiredTestClass().getName() + ": it has no field of type "
        + UncoveredWrites.class.getName()
        + " that is set when a test begins; add one, made with the LarderHibernate of the session"
        + " factory and watching its data source");
  }

  private static @Nullable UncoveredWrites field(Object instance) {
    List<UncoveredWrites> found = new ArrayList<>();
    for (Class<?> type = instance.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getType() == UncoveredWrites.class) {
          UncoveredWrites value = value(field, instance);
          if (value != null) {
            found.add(value);
          }
        }
      }
    }
    if (found.size() > 1) {
      throw new ConfigurationException(
          "@EveryWriteIsCovered on " + instance.getClass().getName()
              + ": it has " + found.size() + " fields of type " + UncoveredWrites.class.getName()
              + "; keep one");
    }
    return found.isEmpty() ? null : found.get(0);
  }

  private static @Nullable UncoveredWrites value(Field field, Object instance) {
    try {
      field.setAccessible(true);
      return (UncoveredWrites) field.get(Modifier.isStatic(field.getModifiers()) ? null : instance);
    } catch (IllegalAccessException closed) {
      throw new ConfigurationException(
          "@EveryWriteIsCovered: the field " + field + " can't be read; open its package", closed);
    }
  }
}
