package dev.larder.spring.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.session.FlushMode;
import org.springframework.session.SaveMode;

/** What every layout does with attributes: what one node saves the other finds. */
abstract class SessionAttributesContract extends SpringSessionCases {

  @Test
  void builtInTypes_areReadBackAsTheyWere() {
    Map<String, Object> values = Map.of(
        "text",
        "a \u0000 b \ud83d\ude00",
        "yes",
        true,
        "many",
        1L << 40,
        "uuid",
        new UUID(1, 2),
        "time",
        Instant.parse("2026-01-02T03:04:05.678901234Z"),
        "locale",
        Locale.CANADA_FRENCH,
        "texts",
        new ArrayList<>(List.of("a", "b")),
        "numbers",
        Set.of(1, 2, 3),
        "map",
        Map.of("a", "b"),
        "none",
        List.of());
    LarderSession session = one.createSession();
    values.forEach(session::setAttribute);
    one.save(session);

    LarderSession found = other.findById(session.getId());
    values.forEach((name, value) -> assertThat(found.<Object>getAttribute(name)).isEqualTo(value));
  }

  @Test
  void attribute_changedAndRemoved_isSoForAll() {
    String id = with(one, "colour", "red").getId();
    LarderSession session = other.findById(id);
    session.setAttribute("colour", "green");
    session.setAttribute("size", 7);
    other.save(session);
    assertThat(one.findById(id).<String>getAttribute("colour")).isEqualTo("green");

    session.removeAttribute("colour");
    session.setAttribute("size", null);
    other.save(session);
    assertThat(one.findById(id).getAttributeNames()).isEmpty();
  }

  @Test
  void concurrentChanges_mergeAttributeByAttribute() {
    String id = with(one, "a", "old").getId();
    LarderSession first = one.findById(id);
    LarderSession second = other.findById(id);
    first.setAttribute("a", "new");
    second.setAttribute("b", "new");
    one.save(first);
    other.save(second);

    LarderSession found = one.findById(id);
    assertThat(found.<String>getAttribute("a")).isEqualTo("new");
    assertThat(found.<String>getAttribute("b")).isEqualTo("new");
  }

  @Test
  void manyThreads_loseNoAttribute() {
    String id = with(one, "start", true).getId();
    Set<String> names = new TreeSet<>(Set.of("start"));
    List<CompletableFuture<Void>> all = new ArrayList<>();
    var pool = Executors.newFixedThreadPool(8);
    for (int i = 0; i < 40; i++) {
      String name = "n" + i;
      LarderSessionRepository node = i % 2 == 0 ? one : other;
      names.add(name);
      all.add(CompletableFuture.runAsync(
          () -> {
            LarderSession session = node.findById(id);
            session.setAttribute(name, name);
            node.save(session);
          },
          pool));
    }
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
    pool.shutdown();
    assertThat(new TreeSet<>(one.findById(id).getAttributeNames())).isEqualTo(names);
    assertThat(new TreeSet<>(other.findById(id).getAttributeNames())).isEqualTo(names);
  }

  @Test
  void undeclaredType_isRefusedAtOnce_withItsMend() {
    LarderSession session = with(one, "colour", "red");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> session.setAttribute("home", URI.create("http://x")))
        .withMessageContaining("session attribute 'home' is a java.net.URI")
        .withMessageContaining("larder.session.attribute-types.NAME=java.net.URI");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> session.setAttribute("homes", List.of(URI.create("http://x"))))
        .withMessageContaining("of java.net.URI");
    one.save(session);
    assertThat(other.findById(session.getId()).getAttributeNames()).containsExactly("colour");
  }

  @Test
  void attributeOfATypeThatIsGone_isAbsent_othersAreNot() {
    record Cart(List<String> items) {}
    AttributeTypes types =
        AttributeTypes.builder(SessionServers.CODECS).add("cart", Cart.class).build();
    LarderSessionRepository newer = open(settings().types(types));
    LarderSession session = newer.createSession();
    session.setAttribute("cart", new Cart(List.of("a")));
    session.setAttribute("colour", "red");
    newer.save(session);
    assertThat(newer.findById(session.getId()).<Cart>getAttribute("cart").items())
        .containsExactly("a");

    LarderSession old = one.findById(session.getId());
    assertThat(old.<Object>getAttribute("cart")).isNull();
    assertThat(old.<String>getAttribute("colour")).isEqualTo("red");
  }

  @Test
  void changedInPlace_isSavedInTheModesThatSaySo() {
    LarderSessionRepository onGet = open(settings().saveMode(SaveMode.ON_GET_ATTRIBUTE));
    LarderSessionRepository always = open(settings().saveMode(SaveMode.ALWAYS));
    String id = with(one, "texts", new ArrayList<>(List.of("a"))).getId();
    for (LarderSessionRepository node : List.of(one, onGet, always)) {
      LarderSession session = node.findById(id);
      session.<List<String>>getAttribute("texts").add("b");
      node.save(session);
    }
    assertThat(one.findById(id).<List<String>>getAttribute("texts")).containsExactly("a", "b", "b");
  }

  @Test
  void flushedImmediately_isThereWithoutASave() {
    LarderSessionRepository immediate = open(settings().flushMode(FlushMode.IMMEDIATE));
    LarderSession session = immediate.createSession();
    session.setAttribute("colour", "red");
    assertThat(one.findById(session.getId()).<String>getAttribute("colour")).isEqualTo("red");
    String old = session.getId();
    session.changeSessionId();
    assertThat(one.findById(old)).isNull();
    assertThat(one.findById(session.getId())).isNotNull();
  }
}
