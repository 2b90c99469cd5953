package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.ConfigurationException;
import dev.larder.tier.StoreSettings;
import java.lang.reflect.Proxy;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings, checked before anything is opened. */
class JdbcStoreTest {

  private static final DataSource NEVER_ASKED = (DataSource) Proxy.newProxyInstance(
      JdbcStoreTest.class.getClassLoader(),
      new Class<?>[] {DataSource.class},
      (self, method, args) -> {
        throw new AssertionError(method.getName());
      });

  @Test
  void wrongSettings_areRefusedAllTogether() {
    StoreSettings wrong = new StoreSettings("x", Duration.ZERO, 0, -1);
    assertThatThrownBy(() -> JdbcStore.builder(NEVER_ASKED, wrong)
            .schema("public")
            .relayEvery(Duration.ofSeconds(2))
            .cullFrequency(-1)
            .build())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(
            "commandTimeout: PT0S",
            "retainedRecords: 0",
            "maxEntries: -1",
            "relayEvery: PT2S",
            "cullFrequency: -1",
            "schema: 'public'");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "127, 1", "128, 2", "1000, 15", "16384, 256", "1000000, 256"})
  void cullBatch_growsWithTheCap(int cap, int batch) {
    assertThat(JdbcTier.cullBatch(cap)).isEqualTo(batch);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 1",
    "PT-1S, 1",
    "PT0.0000001S, 1",
    "PT1.5S, 1500",
    "PT876600H, 3155760000000",
    "PT2562047788015215H, 3155760000000"
  })
  void lives_areAtLeastAMillisecondAndAtMostACentury(Duration life, long millis) {
    assertThat(Lives.millis(life)).isEqualTo(millis);
  }
}
