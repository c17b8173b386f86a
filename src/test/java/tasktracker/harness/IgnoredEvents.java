package tasktracker.harness;

import jakarta.enterprise.event.Event;
import java.lang.reflect.Proxy;

/** CDI events for beans that tests make themselves: nobody observes them. */
public final class IgnoredEvents {

  private IgnoredEvents() {}

  @SuppressWarnings("unchecked")
  public static Event<Object> create() {
    return (Event<Object>) Proxy.newProxyInstance(IgnoredEvents.class.getClassLoader(), new Class<?>[]{Event.class},
        (proxy, method, arguments) -> null);
  }
}
