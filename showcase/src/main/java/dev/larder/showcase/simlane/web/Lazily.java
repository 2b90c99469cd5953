package dev.larder.showcase.simlane.web;

import java.util.function.Supplier;
import org.thymeleaf.context.LazyContextVariable;

/** A variable of a page that is read when the page uses it, which a kept fragment does not. */
final class Lazily<T> extends LazyContextVariable<T> {
  private final Supplier<T> query;

  private Lazily(Supplier<T> query) {
    this.query = query;
  }

  static <T> Lazily<T> of(Supplier<T> query) {
    return new Lazily<>(query);
  }

  @Override
  protected T loadValue() {
    return query.get();
  }
}
