package dev.larder.spring.annotation;

import dev.larder.CacheScope;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one method says of its cache. Texts are empty where it says nothing.
 *
 * @param elementTags tags of one entry from its key and value, for bulk methods; else null
 */
record Declaration(
    String cache,
    Class<? extends Annotation> annotation,
    Method method,
    Type stored,
    String ttl,
    String staleFor,
    String negativeTtl,
    int version,
    CacheScope scope,
    boolean capture,
    boolean remembersNull,
    @Nullable BiFunction<List<@Nullable Object>, Object, Collection<String>> elementTags) {

  RuntimeException fault(String what, String mend) {
    return Fault.of(annotation, method, what, mend);
  }
}
