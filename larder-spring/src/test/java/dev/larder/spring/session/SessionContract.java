package dev.larder.spring.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME;

import dev.larder.memory.MemoryStore;
import dev.larder.spring.session.SessionServers.Layout;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.context.ApplicationEvent;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.session.FlushMode;
import org.springframework.session.SaveMode;
import org.springframework.session.events.SessionCreatedEvent;
import org.springframework.session.events.SessionDeletedEvent;

/**
 * What every layout of sessions does. Two nodes: what one saves the other finds. They serve all tests of
 * a layout, whose clock goes on only.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SessionContract {

  static final byte[] SECRET = "a secret of the tests".getBytes(StandardCharsets.UTF_8);
  static final String CONTEXT = "SPRING_SECURITY_CONTEXT";

  final TestClock clock = new TestClock();
  final MemoryStore memory = MemoryStore.builder().clock(clock::millis).build();
  final String prefix = SessionServers.freshPrefix();
  final List<ApplicationEvent> events = new CopyOnWriteArrayList<>();
  private final List<LarderSessionRepository> open = new ArrayList<>();
  private int users;
  LarderSessionRepository one;
  LarderSessionRepository other;
  String ann;

  abstract Layout layout();

  LarderSessions settings() {
    return SessionServers.settings(layout(), prefix, memory)
        .clock(clock)
        .timeout(Duration.ofMinutes(30))
        .secret(SECRET)
        .events(event -> events.add((ApplicationEvent) event));
  }

  LarderSessionRepository open(LarderSessions settings) {
    LarderSessionRepository repository = settings.build();
    open.add(repository);
    return repository;
  }

  @BeforeAll
  void start() {
    one = open(settings());
    other = open(settings());
  }

  @BeforeEach
  void prepare() {
    events.clear();
    ann = "ann-of-test-" + users++;
  }

  @AfterAll
  void stop() {
    open.forEach(LarderSessionRepository::close);
    memory.close();
  }

  static LarderSession with(LarderSessionRepository node, String name, Object value) {
    LarderSession session = node.createSession();
    session.setAttribute(name, value);
    node.save(session);
    return session;
  }

  static SecurityContext loggedIn(String user) {
    return new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(
        user, "password", AuthorityUtils.createAuthorityList("ROLE_USER")));
  }

  @Test
  void saved_isFoundByAnotherNode() {
    LarderSession session = one.createSession();
    session.setMaxInactiveInterval(Duration.ofMinutes(20));
    session.setAttribute("colour", "red");
    one.save(session);

    LarderSession found = other.findById(session.getId());
    assertThat(found.getId()).isEqualTo(session.getId());
    assertThat(found.getCreationTime()).isEqualTo(session.getCreationTime());
    assertThat(found.getLastAccessedTime()).isEqualTo(session.getLastAccessedTime());
    assertThat(found.getMaxInactiveInterval()).isEqualTo(Duration.ofMinutes(20));
    assertThat(found.<String>getAttribute("colour")).isEqualTo("red");
    assertThat(found.getAttributeNames()).containsExactly("colour");
    assertThat(events).singleElement().isInstanceOf(SessionCreatedEvent.class);
  }

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
  void unknown_isNotFound() {
    assertThat(one.findById(one.createSession().getId())).isNull();
    assertThat(one.findById("")).isNull();
    assertThat(one.findById("~")).isNull();
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
  void deleted_isGoneEverywhere() {
    String id = with(one, "colour", "red").getId();
    assertThat(other.findById(id)).isNotNull();
    events.clear();

    one.deleteById(id);
    assertThat(one.findById(id)).isNull();
    assertThat(other.findById(id)).isNull();
    assertThat(events).singleElement().isInstanceOfSatisfying(SessionDeletedEvent.class, event -> {
      assertThat(event.getSessionId()).isEqualTo(id);
      assertThat(event.getSession().<String>getAttribute("colour")).isEqualTo("red");
    });

    one.deleteById(id);
    assertThat(events).hasSize(1);
  }

  @Test
  void deleted_cannotBeSavedAgain() {
    String id = with(one, "colour", "red").getId();
    LarderSession late = other.findById(id);
    one.deleteById(id);

    late.setAttribute("colour", "green");
    other.save(late);
    late.setAttribute("size", 1);
    other.save(late);
    late.changeSessionId();
    other.save(late);

    assertThat(one.findById(id)).isNull();
    assertThat(one.findById(late.getId())).isNull();
    assertThat(other.findById(late.getId())).isNull();
  }

  @Test
  void changedId_oldOneIsDeadEverywhere() {
    LarderSession session = with(one, "colour", "red");
    String first = session.getId();
    assertThat(other.findById(first)).isNotNull();

    String second = session.changeSessionId();
    session.setAttribute("size", 7);
    one.save(session);

    for (LarderSessionRepository node : List.of(one, other)) {
      assertThat(node.findById(first)).isNull();
      LarderSession found = node.findById(second);
      assertThat(found.<String>getAttribute("colour")).isEqualTo("red");
      assertThat(found.<Integer>getAttribute("size")).isEqualTo(7);
    }
    String third = session.changeSessionId();
    one.save(session);
    assertThat(other.findById(second)).isNull();
    assertThat(other.findById(third)).isNotNull();
  }

  @Test
  void changedId_ofASessionNotSavedYet() {
    LarderSession session = one.createSession();
    String first = session.getId();
    session.changeSessionId();
    one.save(session);
    assertThat(other.findById(first)).isNull();
    assertThat(other.findById(session.getId())).isNotNull();
  }

  @Test
  void changedId_keepsWhatOthersChangedAndRefusesThemLater() {
    LarderSession session = with(one, "colour", "red");
    String first = session.getId();
    LarderSession early = other.findById(first);
    LarderSession late = other.findById(first);
    early.setAttribute("early", true);
    other.save(early);

    session.changeSessionId();
    one.save(session);
    late.setAttribute("late", true);
    other.save(late);

    assertThat(other.findById(first)).isNull();
    assertThat(other.findById(session.getId()).getAttributeNames())
        .containsExactlyInAnyOrder("colour", "early");
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
  void principal_isFoundByNameWithItsId() {
    LarderSession named = with(one, PRINCIPAL_NAME_INDEX_NAME, ann);
    LarderSession secured = with(other, CONTEXT, loggedIn(ann));
    with(one, CONTEXT, loggedIn("bob"));

    Map<String, LarderSession> found = other.findByPrincipalName(ann);
    assertThat(found).containsOnlyKeys(named.getId(), secured.getId());
    assertThat(found
            .get(secured.getId())
            .<SecurityContext>getAttribute(CONTEXT)
            .getAuthentication()
            .getName())
        .isEqualTo(ann);
    assertThat(other.findByPrincipalName("nobody")).isEmpty();
    assertThat(other.findByIndexNameAndIndexValue("colour", ann)).isEmpty();
  }

  @Test
  void principal_changedRemovedAndMovedToANewId() {
    LarderSession session = with(one, PRINCIPAL_NAME_INDEX_NAME, ann);
    session.setAttribute(PRINCIPAL_NAME_INDEX_NAME, "eve of " + ann);
    one.save(session);
    assertThat(other.findByPrincipalName(ann)).isEmpty();
    assertThat(other.findByPrincipalName("eve of " + ann)).containsOnlyKeys(session.getId());

    session.changeSessionId();
    one.save(session);
    assertThat(other.findByPrincipalName("eve of " + ann)).containsOnlyKeys(session.getId());

    session.removeAttribute(PRINCIPAL_NAME_INDEX_NAME);
    one.save(session);
    assertThat(other.findByPrincipalName("eve of " + ann)).isEmpty();
  }

  @Test
  void principal_ofADeletedOrExpiredSession_isNotFound() {
    LarderSession deleted = with(one, PRINCIPAL_NAME_INDEX_NAME, ann);
    with(one, PRINCIPAL_NAME_INDEX_NAME, ann);
    one.deleteById(deleted.getId());
    assertThat(other.findByPrincipalName(ann)).hasSize(1);
    clock.advance(Duration.ofMinutes(31));
    assertThat(other.findByPrincipalName(ann)).isEmpty();
  }

  @Test
  void principal_isNotForgottenByAWriteThatDoesNotTouchIt() {
    String id = with(one, CONTEXT, loggedIn(ann)).getId();
    LarderSession session = other.findById(id);
    session.setAttribute("colour", "red");
    other.save(session);
    assertThat(one.findByPrincipalName(ann)).containsOnlyKeys(id);
  }

  @Test
  void withoutASecret_foundSessionsHaveHandlesOfThisProcessOnly() {
    LarderSessionRepository plain = open(settings().secret(null));
    LarderSessionRepository neighbour = open(settings().secret(null));
    LarderSession session = with(plain, PRINCIPAL_NAME_INDEX_NAME, ann);
    Map<String, LarderSession> found = plain.findByPrincipalName(ann);
    String handle = found.keySet().iterator().next();

    assertThat(handle).isNotEqualTo(session.getId()).startsWith("~");
    assertThat(neighbour.findById(handle)).isNull();
    LarderSession byHandle = plain.findById(handle);
    byHandle.setAttribute("told", true);
    plain.save(byHandle);
    assertThat(neighbour.findById(session.getId()).<Boolean>getAttribute("told"))
        .isTrue();
    plain.deleteById(handle);
    assertThat(neighbour.findById(session.getId())).isNull();
  }

  @Test
  void idle_endsTheSessionForAll_useDoesNot() {
    String id = with(one, "colour", "red").getId();
    clock.advance(Duration.ofMinutes(29));
    LarderSession used = other.findById(id);
    used.setLastAccessedTime(clock.instant());
    other.save(used);
    clock.advance(Duration.ofMinutes(29));
    assertThat(one.findById(id).isExpired()).isFalse();
    clock.advance(Duration.ofMinutes(1));
    assertThat(one.findById(id)).isNull();
    assertThat(other.findById(id)).isNull();
  }

  @Test
  void idleTime_changedAndEndless() {
    String id = with(one, "colour", "red").getId();
    LarderSession session = other.findById(id);
    session.setMaxInactiveInterval(Duration.ofSeconds(-1));
    other.save(session);
    clock.advance(Duration.ofDays(300));
    session = one.findById(id);
    assertThat(session.isExpired()).isFalse();
    session.setMaxInactiveInterval(Duration.ofSeconds(10));
    session.setLastAccessedTime(clock.instant());
    one.save(session);
    clock.advance(Duration.ofSeconds(10));
    assertThat(other.findById(id)).isNull();
  }

  @Test
  void lastUse_isWrittenOnceInAHundredthOfTheIdleTime() {
    String id = with(one, "colour", "red").getId();
    Instant written = one.findById(id).getLastAccessedTime();
    for (int i = 0; i < 17; i++) {
      clock.advance(Duration.ofSeconds(1));
      LarderSession used = one.findById(id);
      used.setLastAccessedTime(clock.instant());
      one.save(used);
      assertThat(other.findById(id).getLastAccessedTime()).isEqualTo(written);
    }
    clock.advance(Duration.ofSeconds(1));
    LarderSession used = one.findById(id);
    used.setLastAccessedTime(clock.instant());
    one.save(used);
    assertThat(other.findById(id).getLastAccessedTime()).isEqualTo(clock.instant());
  }

  @Test
  void lastUse_neverGoesBack() {
    String id = with(one, "colour", "red").getId();
    LarderSession slow = other.findById(id);
    clock.advance(Duration.ofMinutes(20));
    LarderSession fast = one.findById(id);
    fast.setLastAccessedTime(clock.instant());
    one.save(fast);
    slow.setAttribute("colour", "green");
    other.save(slow);
    assertThat(one.findById(id).getLastAccessedTime()).isEqualTo(clock.instant());
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

  @Test
  void ids_are256RandomBits() {
    Set<String> ids = new TreeSet<>();
    for (int i = 0; i < 1_000; i++) {
      String id = one.createSession().getId();
      assertThat(id).matches("[A-Za-z0-9_-]{43}");
      ids.add(id);
    }
    assertThat(ids).hasSize(1_000);
  }
}
