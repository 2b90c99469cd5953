package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.ConfigurationException;
import dev.larder.tier.StoreProvider;
import dev.larder.tier.StoreSettings;
import java.time.Duration;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class RedisStoreTest {

  private static final StoreSettings SETTINGS = StoreSettings.ofDefaults("app");

  private static StoreProvider provider() {
    return ServiceLoader.load(StoreProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(RedisStoreProvider.class::isInstance)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void provider_addressesOfOthers_areLeftToThem() {
    assertThat(provider().open("jdbc:postgresql://localhost/db", SETTINGS)).isNull();
  }

  @Test
  void provider_itsOwnSchemeWronglyWritten_isAnError() {
    assertThatThrownBy(() -> provider().open("redis://:hunter2@localhost:99999", SETTINGS))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("redis://***@localhost:99999")
        .hasMessageContaining("port '99999' is not 1 to 65535")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void provider_serverThatIsNotThere_isNoError() {
    try (var store = provider().open("valkey://app:hunter2@127.0.0.1:1", SETTINGS)) {
      assertThat(store.address()).isEqualTo("127.0.0.1:1");
      assertThat(store.name()).isEqualTo("redis");
      assertThat(store.log().name()).isEqualTo("redis");
    }
  }

  @Test
  void build_nothingSet_tellsAllFaults() {
    assertThatThrownBy(() -> RedisStore.builder().build())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("either uri or client")
        .hasMessageContaining("settings: missing");
  }

  @Test
  void build_valuesOutOfRange_tellsAllFaults() {
    StoreSettings settings = new StoreSettings("a}b", Duration.ZERO, 0, 1);
    RedisStore.Builder builder = RedisStore.builder()
        .name("my redis")
        .uri("redis://")
        .connectTimeout(Duration.ofHours(1))
        .settings(settings);
    assertThatThrownBy(builder::build)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("name: 'my redis'")
        .hasMessageContaining("a host is missing")
        .hasMessageContaining("connectTimeout: PT1H is not 1 ms to 1 min")
        .hasMessageContaining("commandTimeout: PT0S is not 1 ms to 1 min")
        .hasMessageContaining("keyPrefix: 'a}b'")
        .hasMessageContaining("retainedRecords: 0");
  }
}
