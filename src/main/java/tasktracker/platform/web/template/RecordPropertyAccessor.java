package tasktracker.platform.web.template;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import ognl.ObjectPropertyAccessor;
import ognl.OgnlContext;
import ognl.OgnlException;

/** Reads record components by name in templates: {@code ${message.sentAt}}. */
class RecordPropertyAccessor extends ObjectPropertyAccessor {

  private final Map<Class<?>, Map<String, Method>> accessors = new ConcurrentHashMap<>();

  @Override
  public Object getProperty(OgnlContext context, Object target, Object name) throws OgnlException {
    Method accessor = accessors.computeIfAbsent(target.getClass(), RecordPropertyAccessor::accessorsOf).get(String.valueOf(name));
    return accessor == null ? super.getProperty(context, target, name) : call(accessor, target);
  }

  private static Map<String, Method> accessorsOf(Class<?> type) {
    Map<String, Method> found = new ConcurrentHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      component.getAccessor().setAccessible(true);
      found.put(component.getName(), component.getAccessor());
    }
    return found;
  }

  private static Object call(Method accessor, Object target) throws OgnlException {
    try {
      return accessor.invoke(target);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new OgnlException("Cannot read " + accessor, e);
    }
  }
}
