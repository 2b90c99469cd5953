package dev.larder.hibernate;

import java.util.ArrayList;
import java.util.List;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** A tag with placeholders, such as {@code artist:{artist.id}}. Immutable. */
final class TagTemplate {

  private final String source;
  private final List<String> texts;
  private final List<ValuePath> paths;

  private TagTemplate(String source, List<String> texts, List<ValuePath> paths) {
    this.source = source;
    this.texts = List.copyOf(texts);
    this.paths = List.copyOf(paths);
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException if it is empty, a brace has no partner, or a path leads nowhere
   */
  static TagTemplate parse(EntityPersister entity, String source) {
    List<String> texts = new ArrayList<>();
    List<ValuePath> paths = new ArrayList<>();
    int from = 0;
    for (int open = source.indexOf('{'); open >= 0; open = source.indexOf('{', from)) {
      int close = source.indexOf('}', open);
      if (close < 0) {
        throw new IllegalArgumentException("the brace at " + open + " is not closed");
      }
      texts.add(source.substring(from, open));
      paths.add(ValuePath.of(entity, source.substring(open + 1, close).strip()));
      from = close + 1;
    }
    texts.add(source.substring(from));
    if (source.isBlank() || source.indexOf('}', from) >= 0) {
      throw new IllegalArgumentException(
          source.isBlank() ? "it is empty" : "a brace is closed that was not opened");
    }
    return new TagTemplate(source, texts, paths);
  }

  /** As it was written. */
  String source() {
    return source;
  }

  /** Whether it is the same for all rows. */
  boolean isPlain() {
    return paths.isEmpty();
  }

  /** Whether it names one row and can be told from the row's identifier. */
  boolean isOfIdentifier() {
    return !paths.isEmpty() && paths.stream().allMatch(ValuePath::isOfIdentifier);
  }

  /**
   * The tag of a row in this state; null if a value on one of its paths is.
   *
   * @param state the properties in Hibernate's order; may be null for a template of the identifier
   */
  @Nullable String tag(
      Object id, @Nullable Object @Nullable [] state, SharedSessionContractImplementor session) {
    StringBuilder tag = new StringBuilder(texts.get(0));
    for (int i = 0; i < paths.size(); i++) {
      String value = paths.get(i).text(id, state, session);
      if (value == null) {
        return null;
      }
      tag.append(value).append(texts.get(i + 1));
    }
    return tag.toString();
  }
}
