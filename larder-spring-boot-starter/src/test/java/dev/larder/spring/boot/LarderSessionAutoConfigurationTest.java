package dev.larder.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.spring.session.LarderSession;
import dev.larder.spring.session.LarderSessionRepository;
import dev.larder.spring.session.SessionAttributeTypes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.SessionRepository;
import org.springframework.session.web.http.SessionRepositoryFilter;

/** What the starter makes of {@code larder.session.*}, without servers. */
@ExtendWith(OutputCaptureExtension.class)
class LarderSessionAutoConfigurationTest {

  private static final AutoConfigurations OURS =
      AutoConfigurations.of(LarderAutoConfiguration.class, LarderSessionAutoConfiguration.class);

  private final WebApplicationContextRunner runner =
      new WebApplicationContextRunner().withConfiguration(OURS);

  /** A type that an application keeps in its sessions. */
  public record Item(String name) {}

  private static Duration timeout(LarderSessionRepository sessions) {
    return sessions.createSession().getMaxInactiveInterval();
  }

  @Test
  void nothingConfigured_sessionsLieInTheProcess_andSayWhatThatMeans(CapturedOutput output) {
    runner.run(context -> {
      LarderSessionRepository sessions = context.getBean(LarderSessionRepository.class);
      LarderSession session = sessions.createSession();
      session.setAttribute("colour", "red");
      sessions.save(session);
      assertThat(sessions.findById(session.getId()).<String>getAttribute("colour"))
          .isEqualTo("red");
      assertThat(timeout(sessions)).isEqualTo(Duration.ofDays(14));
      assertThat(context).hasSingleBean(SessionRepositoryFilter.class);
    });
    assertThat(output)
        .contains("Larder 'larder': sessions lie in this process alone: they end with it");
  }

  @Test
  void notInAWebApplication_norWhenDisabled_norBesideAnother() {
    new ApplicationContextRunner()
        .withConfiguration(OURS)
        .run(context -> assertThat(context).doesNotHaveBean(SessionRepository.class));
    for (String off : List.of("larder.session.enabled=false", "larder.enabled=false")) {
      runner
          .withPropertyValues(off)
          .run(context -> assertThat(context)
              .hasNotFailed()
              .doesNotHaveBean(SessionRepository.class)
              .doesNotHaveBean(SessionRepositoryFilter.class));
    }
    runner
        .withBean(
            SessionRepository.class, () -> new MapSessionRepository(new ConcurrentHashMap<>()))
        .run(context -> assertThat(context)
            .hasSingleBean(SessionRepository.class)
            .doesNotHaveBean(LarderSessionRepository.class));
  }

  @ParameterizedTest
  @CsvSource({
    "server.servlet.session.timeout=30m, 30m",
    "server.servlet.session.timeout=90, 90s",
    "spring.session.timeout=20m, 20m",
    "larder.session.timeout=600, 600s",
    "larder.session.timeout=2h, 2h",
    "spring.session.timeout=-1, -1s"
  })
  void timeout_isThatOfTheApplication(String property, String expected) {
    runner
        .withPropertyValues(property)
        .run(context -> assertThat(timeout(context.getBean(LarderSessionRepository.class)))
            .isEqualTo(Duration.parse("PT" + expected)));
  }

  @Test
  void timeout_ofLarderWins() {
    runner
        .withPropertyValues(
            "larder.session.timeout=1h",
            "spring.session.timeout=2h",
            "server.servlet.session.timeout=3h")
        .run(context -> assertThat(timeout(context.getBean(LarderSessionRepository.class)))
            .isEqualTo(Duration.ofHours(1)));
  }

  @Test
  void attributeTypes_areDeclaredByPropertiesAndBeans() {
    record Cart(List<Item> items) {}
    runner
        .withBean(SessionAttributeTypes.class, () -> types -> types.add("cart", Cart.class))
        .withPropertyValues(
            "larder.session.attribute-types.item=" + Item.class.getName(),
            "larder.session.attribute-types.items=java.util.List<" + Item.class.getName() + ">")
        .run(context -> {
          LarderSessionRepository sessions = context.getBean(LarderSessionRepository.class);
          LarderSession session = sessions.createSession();
          session.setAttribute("cart", new Cart(List.of(new Item("tea"))));
          session.setAttribute("item", new Item("milk"));
          session.setAttribute("items", List.of(new Item("bread")));
          sessions.save(session);
          LarderSession found = sessions.findById(session.getId());
          assertThat(found.<Cart>getAttribute("cart")).isEqualTo(session.getAttribute("cart"));
          assertThat(found.<Item>getAttribute("item")).isEqualTo(new Item("milk"));
          assertThat(found.<List<Item>>getAttribute("items")).containsExactly(new Item("bread"));
        });
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      larder.session.timeout=500ms | larder.session.timeout=PT0.5S is not PT1S to PT8784H
      larder.session.redis-database=-1 | larder.session.redis-database=-1 is not 0 to 999
      larder.session.cleanup-interval=2d | larder.session.cleanup-interval=PT48H is not PT1S to PT24H
      larder.session.max-in-memory=1 | larder.session.max-in-memory=1 is not 100 to 10000000
      larder.session.save-mode=never | larder.session.save-mode=never is none of on-set-attribute, on-get-attribute, always
      larder.session.flush-mode=late | larder.session.flush-mode=late is none of on-save, immediate
      spring.session.timeout=soon | spring.session.timeout=soon is neither a number of seconds nor a time
      larder.session.database=true | larder.session.database=true: the database tier is not in a DataSource
      larder.session.attribute-types.cart=com.acme.Cart | larder.session.attribute-types.cart=com.acme.Cart: there is no class com.acme.Cart
      larder.session.attribute-types.any=java.lang.Object | session attribute type 'any': value type java.lang.Object
      larder.session.attribute-types.string=java.lang.String | session attribute type 'string' is there already
      """)
  void mistakes_stopTheStart(String property, String sentence) {
    runner
        .withPropertyValues(property.strip())
        .run(context -> assertThat(context)
            .hasFailed()
            .getFailure()
            .hasStackTraceContaining("ConfigurationException: ")
            .hasStackTraceContaining(sentence.strip()));
  }

  @ParameterizedTest
  @CsvSource({
    "redis://host, redis://host/1",
    "redis://user:p%2Fw@host:6379/7, redis://user:p%2Fw@host:6379/1",
    "rediss://host:6379/0?verifyPeer=none, rediss://host:6379/1?verifyPeer=none",
    "'redis-sentinel://a,b:2/0?master=m', 'redis-sentinel://a,b:2/1?master=m'",
    "'redis-cluster://a,b', 'redis-cluster://a,b'"
  })
  void redisAddress_namesTheDatabaseOfSessions(String address, String expected) {
    assertThat(SessionSettings.inDatabase(address, 1)).isEqualTo(expected);
  }
}
