package dev.larder.spring.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.session.events.SessionCreatedEvent;
import org.springframework.session.events.SessionDeletedEvent;

/** What every layout of sessions does, on two nodes. */
abstract class SessionContract extends SessionAttributesContract {

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
  void unknown_isNotFound() {
    assertThat(one.findById(one.createSession().getId())).isNull();
    assertThat(one.findById("")).isNull();
    assertThat(one.findById("~")).isNull();
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

  /** Readers of three nodes ask for the old id all the while; what they ask after the save is answered no. */
  @Test
  void changedId_askedForOnThreeNodesAllTheWhile_isDeadWhenTheSaveReturns() throws Exception {
    LarderSessionRepository third = open(settings());
    LarderSession session = with(one, "colour", "red");
    String first = session.getId();
    List<LarderSessionRepository> nodes = List.of(one, other, third);
    CountDownLatch warm = new CountDownLatch(nodes.size());
    AtomicBoolean isSaved = new AtomicBoolean();
    AtomicInteger late = new AtomicInteger();
    List<CompletableFuture<Void>> readers = nodes.stream()
        .map(node -> CompletableFuture.runAsync(
            () -> {
              int asked = 0;
              while (asked < 200) {
                boolean isLate = isSaved.get();
                LarderSession found = node.findById(first);
                if (isLate) {
                  asked++;
                  late.addAndGet(found == null ? 0 : 1);
                } else if (found != null) {
                  warm.countDown();
                  // A request that began with the old id and ends late.
                  found.setAttribute("late", asked);
                  node.save(found);
                }
              }
            },
            task -> new Thread(task).start()))
        .toList();
    assertThat(warm.await(1, TimeUnit.MINUTES)).isTrue();

    String second = session.changeSessionId();
    one.save(session);
    isSaved.set(true);

    CompletableFuture.allOf(readers.toArray(CompletableFuture[]::new)).get(1, TimeUnit.MINUTES);
    assertThat(late).hasValue(0);
    for (LarderSessionRepository node : nodes) {
      assertThat(node.findById(second).<String>getAttribute("colour")).isEqualTo("red");
    }
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
