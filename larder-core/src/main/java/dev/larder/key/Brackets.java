package dev.larder.key;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Parts inside a part: {@code (a,b)} a list, {@code ~set=(a,b)} and {@code ~map=(k,v,…)} in the order
 * of their text. Text never has raw brackets or commas, so a form reads in one way only.
 */
final class Brackets {

  private Brackets() {}

  static int deeper(int depth) {
    if (depth >= PartForm.DEEPEST) {
      throw new UnstablePart("nested deeper than " + PartForm.DEEPEST + ", or in itself");
    }
    return depth + 1;
  }

  static void list(StringBuilder out, List<?> list, int depth) {
    int inner = deeper(depth);
    out.append('(');
    int index = 0;
    for (Object element : list) {
      if (index > 0) {
        out.append(',');
      }
      try {
        PartForm.append(out, element, inner);
      } catch (UnstablePart e) {
        throw e.within("element " + index);
      }
      index++;
    }
    out.append(')');
  }

  static void set(StringBuilder out, Set<?> set, int depth) {
    int inner = deeper(depth);
    Object[] elements = set.toArray();
    String[] texts = new String[elements.length];
    for (int i = 0; i < elements.length; i++) {
      try {
        texts[i] = text(elements[i], inner);
      } catch (UnstablePart e) {
        throw e.within("element");
      }
    }
    sorted(out, "~set=(", texts);
  }

  static void map(StringBuilder out, Map<?, ?> map, int depth) {
    int inner = deeper(depth);
    Object[] entries = map.entrySet().toArray();
    String[] texts = new String[entries.length];
    for (int i = 0; i < entries.length; i++) {
      Map.Entry<?, ?> entry = (Map.Entry<?, ?>) entries[i];
      StringBuilder text = new StringBuilder();
      try {
        PartForm.append(text, entry.getKey(), inner);
        text.append(',');
        PartForm.append(text, entry.getValue(), inner);
      } catch (UnstablePart e) {
        throw e.within("map entry");
      }
      texts[i] = text.toString();
    }
    sorted(out, "~map=(", texts);
  }

  private static String text(@Nullable Object part, int depth) {
    StringBuilder text = new StringBuilder();
    PartForm.append(text, part, depth);
    return text.toString();
  }

  private static void sorted(StringBuilder out, String open, String[] texts) {
    Arrays.sort(texts);
    out.append(open);
    for (int i = 0; i < texts.length; i++) {
      if (i > 0) {
        out.append(',');
      }
      out.append(texts[i]);
    }
    out.append(')');
  }
}
