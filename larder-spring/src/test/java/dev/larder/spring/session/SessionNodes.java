package dev.larder.spring.session;

import dev.larder.memory.MemoryStore;
import dev.larder.spring.session.SessionServers.Layout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.springframework.context.ApplicationEvent;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;

/** Two nodes on one layout, which serve all its tests; their clock goes on only. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SessionNodes {

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
}
