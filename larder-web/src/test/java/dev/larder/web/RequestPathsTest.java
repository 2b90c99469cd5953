package dev.larder.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/a/b-c_d.e~f",
        "/a%20b",
        "/a:b@c,d+e=f",
        "/a%3Ab%2Bc",
        "/%E2%82%AC",
        "/a/",
        "/~x/(y)"
      })
  void plain(String path) {
    assertThat(RequestPaths.isPlain(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "//a",
        "/a//b",
        "/./a",
        "/a/..",
        "/a/../b",
        "/a;b",
        "/a%3Bb",
        "/a%2Fb",
        "/a%2fb",
        "/a%5Cb",
        "/a\\b",
        "/%61",
        "/a%2Eb",
        "/a%00",
        "/a%0D%0A",
        "/a%7F",
        "/a%25b",
        "/a%",
        "/a%2",
        "/a%zz",
        "/%FF",
        "/%C0%AF",
        "/a b",
        "/a\u00e9",
        "/a\"b",
        "/%E2%82"
      })
  void notPlain(String path) {
    assertThat(RequestPaths.isPlain(path)).isFalse();
  }
}
