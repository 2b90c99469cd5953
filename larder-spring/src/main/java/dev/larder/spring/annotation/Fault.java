package dev.larder.spring.annotation;

import dev.larder.ConfigurationException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;

/** What is wrong with an annotation, in one sentence that names it, its method and the mend. */
final class Fault {

  private Fault() {}

  static ConfigurationException of(
      Class<? extends Annotation> annotation, Method method, String what, String mend) {
    return new ConfigurationException(text(annotation, method, what, mend));
  }

  static ConfigurationException of(
      Class<? extends Annotation> annotation,
      Method method,
      String what,
      String mend,
      Throwable cause) {
    return new ConfigurationException(text(annotation, method, what, mend), cause);
  }

  private static String text(
      Class<? extends Annotation> annotation, Method method, String what, String mend) {
    return "@" + annotation.getSimpleName() + " on " + name(method) + ": " + what + "; " + mend;
  }

  /** A method as people write it. */
  static String name(Method method) {
    return method.getDeclaringClass().getName() + "." + method.getName();
  }
}
