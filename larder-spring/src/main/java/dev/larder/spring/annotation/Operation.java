package dev.larder.spring.annotation;

import org.jspecify.annotations.Nullable;

/** What an annotation makes of a call. */
@FunctionalInterface
interface Operation {

  /** Answers the call. */
  @Nullable Object answer(Call call) throws Exception;
}
