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
--> statement-breakpoint
-- The reading of a surname can be another one than that of its character elsewhere (曾 zēng, 单 shàn, 仇 qiú): Dictionary of
-- Modern Chinese (现代汉语词典), entries marked as surnames. The first character of a name is replaced by one of private
-- use, which the collation sorts behind a character of that reading; in a given name the same character stays as it is.
create function access.name_order(name text) returns text language sql immutable strict parallel safe
return translate(left(name, 1), '曾单仇区解查任华朴盖葛乐翟召么缪员祭秘燕黑种繁折洗冼句过都莘宓逄干曲应车尉卜长沈',
  U&'\E001\E002\E003\E004\E005\E006\E007\E008\E009\E00A\E00B\E00C\E00D\E00E\E00F\E010\E011\E012\E013\E014\E015\E016\E017\E018\E019\E01A\E01B\E01C\E01D\E01E\E01F\E020\E021\E022\E023\E024\E025\E026\E027\E028') || substr(name, 2);
--> statement-breakpoint
create collation access.person_names (provider = icu, locale = 'zh', rules = U&'&增<\E001&善<\E002&求<\E003&欧<\E004&谢<\E005&渣<\E006&人<\E007&化<\E008&瓢<\E009&舸<\E00A&舸<\E00B&岳<\E00C&宅<\E00D&邵<\E00E&腰<\E00F&庙<\E010&运<\E011&寨<\E012&毕<\E013&烟<\E014&贺<\E015&虫<\E016&婆<\E017&舌<\E018&显<\E019&显<\E01A&勾<\E01B&郭<\E01C&督<\E01D&深<\E01E&密<\E01F&旁<\E020&甘<\E021&屈<\E022&英<\E023&砗<\E024&卫<\E025&补<\E026&掌<\E027&审<\E028&玉<\E025迟&莫<万俟&掌<\E027孙&蝉<\E002于&谈<澹台&灵<令狐');
--> statement-breakpoint
do $$
begin
  alter function access.name_order(text) leakproof;
exception when insufficient_privilege then
  raise notice 'access.name_order is not marked leakproof.';
end
$$;
--> statement-breakpoint
CREATE TABLE "access"."areas" (
	"holder" text NOT NULL,
	"neighbourhood_code" text NOT NULL,
	"until" date,
	CONSTRAINT "areas_holder_neighbourhood_code_pk" PRIMARY KEY("holder","neighbourhood_code")
);
--> statement-breakpoint
CREATE TABLE "access"."asked" (
	"holder" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"closed_on" date,
	CONSTRAINT "asked_holder_subject_id_pk" PRIMARY KEY("holder","subject_id")
);
--> statement-breakpoint
CREATE TABLE "access"."links" (
	"holder" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"until" date,
	CONSTRAINT "links_holder_subject_id_pk" PRIMARY KEY("holder","subject_id")
);
--> statement-breakpoint
CREATE TABLE "access"."policy_digests" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"policy" text NOT NULL,
	"catalogues" text NOT NULL,
	"applied_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "policy_digests_one" CHECK ("access"."policy_digests"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "access"."presented" (
	"unit" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"until" timestamp with time zone NOT NULL,
	CONSTRAINT "presented_unit_subject_id_pk" PRIMARY KEY("unit","subject_id")
);
--> statement-breakpoint
CREATE INDEX "links_subject" ON "access"."links" USING btree ("subject_id");
