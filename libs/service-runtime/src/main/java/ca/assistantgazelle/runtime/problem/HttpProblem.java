package ca.assistantgazelle.runtime.problem;

import ca.assistantgazelle.contract.event.EventJson;
import java.util.LinkedHashMap;
import java.util.Map;

/** A problem document (RFC 9457). The detail says what to do next and contains no personal data. */
public record HttpProblem(int status, Map<String, Object> members) {
    public static final String MEDIA_TYPE = "application/problem+json";

    public static HttpProblem of(int status, String title, String detail) {
        var members = new LinkedHashMap<String, Object>();
        members.put("type", "about:blank");
        members.put("title", title);
        members.put("status", status);
        members.put("detail", detail);
        return new HttpProblem(status, members);
    }

    /** Adds an extension member. */
    public HttpProblem with(String name, Object value) {
        var extended = new LinkedHashMap<>(members);
        extended.put(name, value);
        return new HttpProblem(status, extended);
    }

    public String json() {
        return EventJson.write(members);
    }
}
