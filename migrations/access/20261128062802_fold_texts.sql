-- A text as it is compared: width of forms, letter case, spaces, invisible characters, the kinds of middle dot and of
-- hyphen do not count. Nearly all texts are plain and come out as they went in.
create function access.fold(value text) returns text language plpgsql immutable strict parallel safe as $$
begin
  if value !~ '[^0-9a-z\u4e00-\u9fff-]' then
    return value;
  end if;
  return regexp_replace(regexp_replace(regexp_replace(lower(normalize(value, nfkc) collate "pg_c_utf8"),
    '[\u0001-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e01ef]+', '', 'g'),
    '[\u00b7\u119e\u16eb\u1427\u2022\u2024\u2027\u2219\u22c5\u25cf\u25e6\u2981\u2e31\u2e33\u30fb\u318d\ua78f]', '.', 'g'),
    '[\u2010-\u2015\u2212\ufe58]', '-', 'g');
end
$$;
--> statement-breakpoint
create function access.fold_all("values" text[]) returns text[] language sql immutable strict parallel safe
return array(select access.fold(u.value) from unnest("values") with ordinality u(value, n) order by u.n);
--> statement-breakpoint
-- Behind row-level security an index serves a condition only when its functions are known to leak nothing. Only a
-- superuser may say so; for another owner the conditions are right, and slower.
do $$
begin
  alter function access.fold(text) leakproof;
  alter function access.fold_all(text[]) leakproof;
exception when insufficient_privilege then
  raise notice 'access.fold is not marked leakproof: conditions on texts use no index behind row-level security.';
end
$$;
