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
