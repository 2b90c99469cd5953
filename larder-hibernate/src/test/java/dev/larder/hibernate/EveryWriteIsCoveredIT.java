package dev.larder.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.larder.CachePolicy;
import dev.larder.hibernate.junit.EveryWriteIsCovered;
import dev.larder.testkit.EmbeddedPostgreSql;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** Tests inside a test: which of them fail, and with what. */
class EveryWriteIsCoveredIT {

  private static EmbeddedPostgreSql postgresql;
  private static Records records;
  private static UncoveredWrites watching;

  @BeforeAll
  static void start() {
    postgresql = EmbeddedPostgreSql.start();
    records = new Records(
        new Records.Settings(postgresql.url(), "", "covered", false, CaptureMode.ENFORCE),
        (larderHibernate, pool) -> {
          watching = new UncoveredWrites(larderHibernate);
          return watching.watch(pool);
        });
    records.fill();
    records
        .larder
        .cache("titles", CachePolicy.of(String.class, String.class).capture().build())
        .get("42", key -> records.read(all -> all.find(Album.class, 42L).title));
  }

  @AfterAll
  static void stop() {
    records.close();
    postgresql.close();
  }

  private static void write() {
    new JdbcTemplate(records.source).update("UPDATE album SET title = 'new' WHERE id = 42");
  }

  /** Run by the test below alone. */
  @EveryWriteIsCovered
  static class Covered {
    private final UncoveredWrites writes = watching;

    @Test
    void silent() {
      write();
    }

    @Test
    void told() {
      write();
      records.larder.invalidateTags("titles");
    }

    @Test
    void failing() {
      write();
      throw new IllegalStateException("its own");
    }

    @Test
    void reading() {}
  }

  /** Run by the test below alone. */
  @EveryWriteIsCovered
  static class Blind {
    @Test
    void reading() {}
  }

  private static Map<String, String> run(Class<?> tests) {
    Map<String, String> results = new TreeMap<>();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests)).build();
    LauncherFactory.create().execute(request, new TestExecutionListener() {
      @Override
      public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest()) {
          results.put(
              test.getDisplayName(),
              result.getThrowable().map(Throwable::getMessage).orElse("passed"));
        }
      }
    });
    return results;
  }

  @Test
  void onlyTheTestWithAnUncoveredWriteFails_andNamesPlaceCacheAndMend() {
    Map<String, String> results = run(Covered.class);
    assertThat(results)
        .containsEntry("told()", "passed")
        .containsEntry("reading()", "passed")
        .containsEntry("failing()", "its own");
    assertThat(results.get("silent()"))
        .contains(
            "the table album was written and nothing ended the entries of [titles]",
            "by: UPDATE album SET title = 'new' WHERE id = 42",
            "at: dev.larder.hibernate.EveryWriteIsCoveredIT.write(",
            "mend: after the commit end a tag that they carry");
  }

  @Test
  void withoutUncoveredWrites_theTestSaysWhatIsMissing() {
    assertThat(run(Blind.class).get("reading()"))
        .contains(
            "@EveryWriteIsCovered on dev.larder.hibernate.EveryWriteIsCoveredIT$Blind: it has no field"
                + " of type dev.larder.hibernate.UncoveredWrites");
  }
}
