package dev.larder.key;

import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.BaseStream;

/** Why a class has no stable form, and what to use instead. */
final class Refusals {

  private Refusals() {}

  static String reason(Class<?> type) {
    return type.getTypeName() + " has no stable form: " + mend(type);
  }

  /** Whether no class below this one has a form. */
  static boolean isHopeless(Class<?> type) {
    return Iterator.class.isAssignableFrom(type)
        || AutoCloseable.class.isAssignableFrom(type)
        || Date.class.isAssignableFrom(type)
        || Calendar.class.isAssignableFrom(type)
        || type.isAnnotationPresent(FunctionalInterface.class);
  }

  static String mend(Class<?> type) {
    if (type.isArray()) {
      return "arrays are equal by identity; use a List";
    }
    if (type.isAnnotationPresent(FunctionalInterface.class)
        || type.isSynthetic()
        || type.isHidden()) {
      return "lambdas and hidden classes differ in every process";
    }
    if (Date.class.isAssignableFrom(type) || Calendar.class.isAssignableFrom(type)) {
      return "it can change after use; use java.time";
    }
    if (type == Locale.class) {
      return "use toLanguageTag()";
    }
    if (CharSequence.class.isAssignableFrom(type)) {
      return "it can change after use; use toString()";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "it has no equality by elements; use a List or a Set";
    }
    if (Iterator.class.isAssignableFrom(type) || BaseStream.class.isAssignableFrom(type)) {
      return "it can be read only once; use a List";
    }
    if (Number.class.isAssignableFrom(type)) {
      return "use a number of java.lang or java.math";
    }
    if (type == Object.class) {
      return "it is equal by identity";
    }
    return "use its id, or a record of what makes it equal";
  }
}
