package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.ConfigurationException;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {

  private static final Duration CONNECT = Duration.ofSeconds(3);

  private static RedisURI uri(String address) {
    List<RedisURI> uris = RedisAddress.parse(address).uris(CONNECT);
    assertThat(uris).hasSize(1);
    return uris.get(0);
  }

  private static RedisCredentials credentials(RedisURI uri) {
    return uri.getCredentialsProvider().resolveCredentials().block();
  }

  @Test
  void leastAddress_hasTheUsualPortAndDatabase() {
    RedisURI uri = uri("redis://cache.example");
    assertThat(uri.getHost()).isEqualTo("cache.example");
    assertThat(uri.getPort()).isEqualTo(6379);
    assertThat(uri.getDatabase()).isZero();
    assertThat(uri.isSsl()).isFalse();
    assertThat(uri.getTimeout()).isEqualTo(CONNECT);
    assertThat(credentials(uri).hasPassword()).isFalse();
  }

  @Test
  void fullAddress_isReadInFull() {
    RedisURI uri =
        uri("valkeys://app:s%2Fe:c%40r%C3%A9t@my_cache:7000/3?clientName=web-1&verifyPeer=ca");
    assertThat(uri.getHost()).isEqualTo("my_cache");
    assertThat(uri.getPort()).isEqualTo(7000);
    assertThat(uri.getDatabase()).isEqualTo(3);
    assertThat(uri.isSsl()).isTrue();
    assertThat(uri.getVerifyMode()).isEqualTo(SslVerifyMode.CA);
    assertThat(uri.getClientName()).isEqualTo("web-1");
    assertThat(credentials(uri).getUsername()).isEqualTo("app");
    assertThat(new String(credentials(uri).getPassword())).isEqualTo("s/e:c@rét");
  }

  @ParameterizedTest
  @CsvSource({
    "redis://:pw@h, '', pw",
    "redis://u:p+w@h, u, p+w",
    "redis://u:p@w@h, u, p@w",
    "rediss://:%25@h, '', %"
  })
  void credentials_areDecoded(String address, String user, String password) {
    RedisCredentials credentials = credentials(uri(address));
    assertThat(credentials.hasUsername()).isEqualTo(!user.isEmpty());
    if (!user.isEmpty()) {
      assertThat(credentials.getUsername()).isEqualTo(user);
    }
    assertThat(new String(credentials.getPassword())).isEqualTo(password);
  }

  @Test
  void addressOfSixGroups_mayStandInBrackets() {
    RedisURI uri = uri("redis://[::1]:7001/");
    assertThat(uri.getHost()).isEqualTo("::1");
    assertThat(uri.getPort()).isEqualTo(7001);
    assertThat(RedisAddress.parse("redis://[::1]:7001").server()).isEqualTo("[::1]:7001");
  }

  @Test
  void sentinels_watchAGroupByName() {
    RedisAddress address = RedisAddress.parse("redis-sentinel://:pw@one,two:26400/2?master=albums");
    assertThat(address.kind()).isEqualTo(RedisAddress.Kind.SENTINEL);
    assertThat(address.server()).isEqualTo("one:26379,two:26400 albums");
    RedisURI uri = address.uris(CONNECT).get(0);
    assertThat(uri.getSentinelMasterId()).isEqualTo("albums");
    assertThat(uri.getDatabase()).isEqualTo(2);
    assertThat(uri.getSentinels()).extracting(RedisURI::getHost).containsExactly("one", "two");
    assertThat(uri.getSentinels()).extracting(RedisURI::getPort).containsExactly(26379, 26400);
    assertThat(new String(credentials(uri).getPassword())).isEqualTo("pw");
  }

  @Test
  void cluster_hasManyNodes() {
    RedisAddress address = RedisAddress.parse("rediss-cluster://u:pw@one:7000,two:7001");
    assertThat(address.kind()).isEqualTo(RedisAddress.Kind.CLUSTER);
    List<RedisURI> uris = address.uris(CONNECT);
    assertThat(uris).extracting(RedisURI::getPort).containsExactly(7000, 7001);
    assertThat(uris).allMatch(RedisURI::isSsl);
    assertThat(uris).allMatch(uri -> credentials(uri).getUsername().equals("u"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "redis:localhost | scheme",
        "redis:/localhost | scheme",
        "redis-socket:///tmp/redis.sock | scheme",
        "redis-claster://h | scheme",
        "redis:// | a host is missing",
        "redis://:0 | is not host[:port]",
        "redis://h:0 | port '0' is not 1 to 65535",
        "redis://h:65536 | port '65536' is not 1 to 65535",
        "redis://h:port | the port is not a number",
        "redis://h: | port '' is not",
        "redis://h:6379:6379 | the port is not a number",
        "redis://a,b | one host only",
        "redis://h/one | database 'one' is not",
        "redis://h/-1 | database '-1' is not",
        "redis://h/1/2 | database '1/2' is not",
        "redis://h?timeout=5s | there is no option timeout",
        "redis://h?clientName | option clientName has no value",
        "redis://h?clientName=a%20b | clientName is not",
        "redis://h?verifyPeer=maybe | verifyPeer is not",
        "redis://h?master=a | master is for redis-sentinel://",
        "redis-sentinel://h | ?master=name is missing",
        "redis-sentinel://h,,i?master=a | a host is missing",
        "redis-cluster://h/1 | database 0 only",
        "redis://h#a | '#' has no meaning"
      })
  void wrongAddresses_areRefusedWithTheFaultAndTheForms(String address, String fault) {
    assertThatThrownBy(() -> RedisAddress.parse(address))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(fault)
        .hasMessageContaining("redis://[[user]:password@]host[:port][/database]");
  }

  @Test
  void allFaults_areToldTogether() {
    assertThatThrownBy(() -> RedisAddress.parse("redis-cluster://a:x,b:0/1?c=d"))
        .hasMessageContaining("the port is not a number")
        .hasMessageContaining("port '0'")
        .hasMessageContaining("database 0 only")
        .hasMessageContaining("there is no option c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://:hunter2@h:0",
        "redis://app:hunter2@h:port",
        "redis://hunter2@h",
        "redis://app:hunter2/hunter2@h",
        "redis://app:hunter2#hunter2@h",
        "redis://app:hunter2?hunter2@h",
        "redis://app:hunter2@hunter2@h:0",
        "redis://app:%hunter2@h",
        "redis:/app:hunter2@h",
        "redis:app:hunter2@h",
        "redis-nonsense://app:hunter2@h",
        "redis-sentinel://app:hunter2@h,h:0",
        "redis://app:hunter2",
        "redis://:hunter2",
        "redis://h:0,app:hunter2/3",
        "redis://h:0?password=hunter2",
        "redis://h:0?clientName=hunter2@h"
      })
  void wrongAddresses_neverShowThePassword(String address) {
    assertThatThrownBy(() -> RedisAddress.parse(address))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageNotContaining("hunter2")
        .hasNoCause();
  }

  @Test
  void wrongAddresses_areShownButForThePassword() {
    assertThat(RedisAddress.masked("redis://app:hunter2@h:0/1?a=b"))
        .isEqualTo("redis://***@h:0/1?…");
    assertThat(RedisAddress.masked("redis://h:70000/1")).isEqualTo("redis://h:70000/1");
    assertThat(RedisAddress.masked("redis://[::1]:70000/1")).isEqualTo("redis://[::1]:70000/1");
    assertThat(RedisAddress.masked("redis://app:hunter2/1")).isEqualTo("redis://app:***/1");
  }

  @Test
  void server_isToldWithoutCredentials() {
    assertThat(RedisAddress.parse("redis://app:hunter2@h:1/2").server()).isEqualTo("h:1");
  }

  @Test
  void schemesOfOthers_areNotMeant() {
    assertThat(RedisAddress.isMeant("jdbc:postgresql://h/db")).isFalse();
    assertThat(RedisAddress.isMeant("memcached://h")).isFalse();
    assertThat(RedisAddress.isMeant("redis")).isFalse();
    assertThat(RedisAddress.isMeant(" Redis://h")).isTrue();
    assertThat(RedisAddress.isMeant("valkey://h")).isTrue();
  }
}
