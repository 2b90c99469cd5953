package dev.larder.spring.annotation;

import org.jspecify.annotations.Nullable;

/** Stands where nothing says who is asking: scoped methods are then refused at the start. */
final class NobodyKnown implements CallerIdentity {

  @Override
  public @Nullable Object user() {
    return null;
  }

  @Override
  public Object tenant() {
    throw new IllegalStateException("nothing says which tenant is asking");
  }

  @Override
  public boolean isNobodyKnown() {
    return true;
  }
}
