package dev.larder.spring.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.larder.CacheScope;
import dev.larder.ConfigurationException;
import dev.larder.Larder;
import dev.larder.memory.MemoryStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** What can't work stops the start, with a sentence that names annotation, method and mend. */
class FaultsTest {

  record Filter(String text) {}

  static final class Mutable {
    public String name = "";
  }

  static class WrongKey {
    @Cached(key = "#id +")
    public String find(long id) {
      return "";
    }
  }

  static class UnknownVariable {
    @Cached(key = "#idd")
    public String find(long id) {
      return "";
    }
  }

  static class UnknownVariableInTag {
    @Cached(tags = "story:#{#result.id}:#{#author}")
    public Filter find(long id) {
      return new Filter("");
    }
  }

  static class ImpossibleTtl {
    @Cached(ttl = "soon")
    public String find(long id) {
      return "";
    }
  }

  static class NoTtl {
    @Cached(ttl = "0s")
    public String find(long id) {
      return "";
    }
  }

  static class UnknownCache {
    @Invalidates(cache = "storys", key = "#id")
    public void change(long id) {}

    @Cached(cache = "stories")
    public String find(long id) {
      return "";
    }
  }

  static class Nothing {
    @Cached
    public void find(long id) {}
  }

  static class Anything {
    @Cached
    public List<?> find(long id) {
      return List.of();
    }
  }

  static class UnstableArgument {
    @Cached
    public String find(Mutable filter) {
      return "";
    }
  }

  static class TwoTypes {
    @Cached(cache = "story")
    public String title(long id) {
      return "";
    }

    @Cached(cache = "story")
    public List<String> titles(long id) {
      return List.of();
    }
  }

  static class TwoTtls {
    @Cached(cache = "story", ttl = "5m")
    public String title(long id) {
      return "";
    }

    @Cached(cache = "story", ttl = "6m")
    public String other(long id) {
      return "";
    }
  }

  static class NobodyAsks {
    @Cached(scope = CacheScope.USER)
    public String mine(long id) {
      return "";
    }
  }

  static class BulkOfTwo {
    @CachedAll
    public Map<Long, String> all(Set<Long> ids, boolean sorted) {
      return Map.of();
    }
  }

  static class BulkWithoutId {
    @CachedAll
    public List<String> all(Set<Long> ids) {
      return List.of();
    }
  }

  static class EndsNothing {
    @Invalidates
    public void change(long id) {}
  }

  static class WritesAnotherType {
    @Cached(cache = "story", key = "#id")
    public Filter find(long id) {
      return new Filter("");
    }

    @Writes(cache = "story", key = "#id")
    public String save(long id) {
      return "";
    }
  }

  static class Unserialisable {
    @Cached
    public Thread find(long id) {
      return Thread.currentThread();
    }
  }

  static class KeptTwice {
    @Cached
    @CachedAll
    public Map<Long, String> all(Set<Long> ids) {
      return Map.of();
    }
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(WrongKey.class, "@Cached on ", "find", "is no expression", "such as #id"),
        Arguments.of(UnknownVariable.class, "@Cached on ", "find", "#idd", "there are #id"),
        Arguments.of(UnknownVariableInTag.class, "@Cached on ", "find", "#author", "#result"),
        Arguments.of(ImpossibleTtl.class, "@Cached on ", "find", "ttl \"soon\"", "write 5m"),
        Arguments.of(NoTtl.class, "@Cached on ", "find", "ttl \"0s\"", "write 5m"),
        Arguments.of(
            UnknownCache.class, "@Invalidates on ", "change", "\"storys\"", "caches are [stories]"),
        Arguments.of(Nothing.class, "@Cached on ", "find", "returns nothing", "nothing to store"),
        Arguments.of(Anything.class, "@Cached on ", "find", "does not say", "List<Album>"),
        Arguments.of(
            UnstableArgument.class, "@Cached on ", "find", "argument \"filter\"", "#filter.id"),
        Arguments.of(TwoTypes.class, "@Cached on ", "title", "\"story\"", "cache of its own"),
        Arguments.of(TwoTtls.class, "@Cached on ", "story", "ttl is", "one of them only"),
        Arguments.of(NobodyAsks.class, "@Cached on ", "mine", "scope USER", "CallerIdentity"),
        Arguments.of(BulkOfTwo.class, "@CachedAll on ", "all", "not one", "use @Cached"),
        Arguments.of(BulkWithoutId.class, "@CachedAll on ", "all", "ids", "id = "),
        Arguments.of(EndsNothing.class, "@Invalidates on ", "change", "ends nothing", "add tags"),
        Arguments.of(WritesAnotherType.class, "@Writes on ", "save", "holds", "what the cache"),
        Arguments.of(Unserialisable.class, "@Cached on ", "find", "Thread", "mend"),
        Arguments.of(KeptTwice.class, "@Cached on ", "all", "@CachedAll too", "one of them"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void start_saysWhatIsWrongAndHowToMendIt(
      Class<?> service, String annotation, String method, String what, String mend) {
    try (var context = new AnnotationConfigApplicationContext();
        MemoryStore store = MemoryStore.builder().name("memory").build()) {
      context.registerBean(
          Larder.class, () -> Larder.builder().keyPrefix("faults").l2(store).build());
      context.registerBean(service);
      context.register(LarderAnnotations.class);
      context.registerBean(CallerIdentity.class, NobodyKnown::new);
      Throwable failure = catchThrowable(context::refresh);
      assertThat(failure)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContainingAll(annotation, service.getName().substring(20), method, what, mend);
    }
  }
}
