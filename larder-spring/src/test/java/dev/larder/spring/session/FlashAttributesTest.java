package dev.larder.spring.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.FlashMap;

/** What a redirect of Spring MVC leaves in the session. */
class FlashAttributesTest {

  private final AttributeTypes types =
      AttributeTypes.builder(SessionServers.CODECS).build();

  @Test
  void flashMaps_areReadBackAsTheyWere_andMayGrow() {
    FlashMap flash = new FlashMap();
    flash.put("message", "saved");
    flash.put("count", 7);
    flash.put("nothing", null);
    flash.setTargetRequestPath("/albums");
    flash.addTargetRequestParam("page", "2");
    flash.startExpirationPeriod(60);

    @SuppressWarnings("unchecked")
    List<FlashMap> back = (List<FlashMap>)
        types.decode(types.encode("flash", new CopyOnWriteArrayList<>(List.of(flash))));
    flash.remove("nothing");
    assertThat(back).containsExactly(flash);
    assertThat(back.get(0).getExpirationTime()).isEqualTo(flash.getExpirationTime());
    assertThat(back.get(0).getTargetRequestParams()).isEqualTo(flash.getTargetRequestParams());
    back.add(new FlashMap());
  }

  @Test
  void valueOfAnUndeclaredType_isNamed() {
    FlashMap flash = new FlashMap();
    flash.put("home", URI.create("http://x"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> types.encode("flash", List.of(flash)))
        .withMessageContaining("session attribute 'home' is a java.net.URI");
  }
}
